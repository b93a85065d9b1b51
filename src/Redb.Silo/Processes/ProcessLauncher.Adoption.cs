using System.Collections.Concurrent;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Journal;
using Redb.Grains.Services;

namespace Redb.Silo.Processes;

internal sealed partial class ProcessLauncher
{
    private readonly ConcurrentDictionary<ServiceKey, AdoptResult.Ended> _foreseen = new();

    public AdoptResult Adopt(LaunchOrder order, RunIdentity? process, IRunReports reports)
    {
        if (FindAhead(order.Service, reports) is { } ahead)
        {
            return ahead;
        }

        if (FindWatched(order) is { } watched)
        {
            return watched;
        }

        return _foreseen.TryRemove(order.Service, out var ended)
            ? ended
            : Look(order, process) switch
            {
                FoundRun.Alive alive => Take(order with { Run = new(alive.Run) }, alive, reports),
                FoundRun.Dead dead => Ended(order, dead),
                _ => new AdoptResult.NeverStarted(),
            };
    }

    /// <summary>Finds out what became of a run without taking it over. What has ended is remembered, since its end can be read only once.</summary>
    public AdoptResult Foresee(LaunchOrder order, RunIdentity? process)
    {
        switch (Look(order, process))
        {
            case FoundRun.Alive alive:
                alive.Descriptor.Dispose();
                return ToAlive(new(alive.Run), alive.Pid, alive.Status);
            case FoundRun.Dead dead:
                return _foreseen[order.Service] = Ended(order, dead);
            default:
                return new AdoptResult.NeverStarted();
        }
    }

    private FoundRun Look(LaunchOrder order, RunIdentity? process)
    {
        var mark = finder.MarkOf(order.Service, order.Run);
        var found = finder.Find(mark, process);
        var live = found as FoundRun.Alive;
        var leftOver = live?.Run == mark.Run ? 0 : EndStragglers(order.Service, mark, live?.Run ?? long.MaxValue);

        // What was left behind shows that the launch had come about.
        return found is FoundRun.Nothing && leftOver > 0 ? new FoundRun.Dead(default, IsOfOtherBoot: false) : found;
    }

    private AdoptResult.Ended Ended(LaunchOrder order, FoundRun.Dead dead) =>
        new(
            new(
                dead.Exit.Code,
                dead.Exit.Signal,
                time.GetUtcNow(),
                dead.IsOfOtherBoot ? ExitWitness.NobodyAfterBoot : ExitWitness.Nobody,
                limits.Close(order)
            )
        );

    private AdoptResult.Alive? FindWatched(LaunchOrder order)
    {
        foreach (var ((service, run), process) in _processes)
        {
            if (service == order.Service && ProcessStatus.Read(process.Pid) is { } status)
            {
                return ToAlive(run, process.Pid, status);
            }
        }

        return null;
    }

    private AdoptResult.Alive Take(LaunchOrder order, FoundRun.Alive found, IRunReports reports)
    {
        var audience = new RunAudience(reports);
        var run = new LaunchedRun(
            order,
            audience,
            order.Notify ? ReopenNotify(order, found.Pid) : null,
            limits.Rejoin(order, found.Pid, audience)
        );
        var process = WatchedProcess.Of(
            found.Pid,
            found.Status,
            found.Descriptor,
            (process, exit) => End(run, process, exit)
        );
        _processes[(order.Service, order.Run)] = process;
        watcher.Watch(process);
        ListenForReady(run);
        LogAdopted(order.Service, order.Run, found.Pid);
        return ToAlive(order.Run, found.Pid, found.Status);
    }

    private AdoptResult.Alive ToAlive(RunId run, int pid, ProcessStatus status) =>
        new(new(BootId.Current, pid, status.Started), run, time.GetUtcNow() - status.Age());

    // The run knows only the path it was given, which need not be the one a launch would choose now.
    private NotifySocket? ReopenNotify(LaunchOrder order, int pid)
    {
        if (ProcessEnvironment.Read(pid, ChildEnvironment.NotifySocket) is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            return new(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogDeaf(order.Service, order.Run, failure.Message);
            return null;
        }
    }

    private int EndStragglers(ServiceKey service, RunMark mark, long before)
    {
        var groups = finder.EndStragglers(mark, before);
        foreach (var group in groups)
        {
            // Their ports are free in a moment.
            _ended.Add(group);
        }

        if (groups.Count > 0)
        {
            LogStragglers(service, groups.Count);
        }

        return groups.Count;
    }

    [LoggerMessage(22, LogLevel.Debug, "{Service} {Run} lives on as pid {Pid} and is adopted.")]
    private partial void LogAdopted(ServiceKey service, RunId run, int pid);

    [LoggerMessage(23, LogLevel.Warning, "{Service} {Run} cannot say that it is ready: {Cause}")]
    private partial void LogDeaf(ServiceKey service, RunId run, string cause);

    [LoggerMessage(24, LogLevel.Warning, "{Service}: {Count} processes that dead runs had left behind were killed.")]
    private partial void LogStragglers(ServiceKey service, int count);
}
