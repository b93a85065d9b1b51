using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Journal;
using Redb.Grains.Services;
using Redb.Silo.Limits;

namespace Redb.Silo.Processes;

/// <summary>Runs services as children in sessions of their own that outlive the supervisor.</summary>
internal sealed partial class ProcessLauncher(
    ExitWatcher watcher,
    RunFinder finder,
    ResourceLimits limits,
    IOptions<ProcessOptions> options,
    TimeProvider time,
    ILogger<ProcessLauncher> logger
) : IProcessLauncher, IAsyncDisposable
{
    private readonly ConcurrentDictionary<(ServiceKey, RunId), WatchedProcess> _processes = new();
    private readonly RecentGroups _ended = new(time);
    private readonly PortCheck _ports = new(options.Value.PortPatience);
    private readonly BackgroundTasks _reports = new(logger);

    public LaunchResult Launch(LaunchOrder order, IRunReports reports) =>
        TakeAhead(order, reports) ?? Launch(order, new RunAudience(reports));

    private LaunchResult Launch(LaunchOrder order, RunAudience audience)
    {
        if (_ports.Refusal(order.Ports, _ended.Contains) is { } taken)
        {
            return new LaunchResult.Refused(taken);
        }

        NotifySocket? notify = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(order.LogFile)!);
            notify = order.Notify ? new(options.Value.NotifyFolder, order.Service) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            notify?.Dispose();
            return new LaunchResult.Refused(
                $"the launch of {order.Executable} could not be prepared: {failure.Message}"
            );
        }

        if (ExecutablePath.Resolve(order.Executable) is not { } path)
        {
            return Refuse(SpawnRefusal.NotInPath(order.Executable), notify);
        }

        var (limited, refusal) = limits.Prepare(order, audience);
        return limited is null
            ? Refuse(refusal, notify)
            : Spawn(Request(order, path, notify), new(order, audience, notify, limited));
    }

    public void Signal(ServiceKey service, RunId run, int signal)
    {
        if (_processes.TryGetValue((service, run), out var process))
        {
            _ = process.Signal(signal);
        }
    }

    public async ValueTask DisposeAsync()
    {
        DropAhead();
        await _reports.DrainAsync(options.Value.ReportPatience, time);
    }

    private SpawnRequest Request(LaunchOrder order, string path, NotifySocket? notify) =>
        new()
        {
            Path = path,
            Arguments = [order.Executable, .. order.Arguments],
            Environment = ChildEnvironment.With(EnvironmentOf(order, notify)),
            WorkingDirectory = order.WorkingDirectory.Length == 0 ? "" : Path.GetFullPath(order.WorkingDirectory),
            OutputFile = order.LogFile,
        };

    private ImmutableDictionary<string, string?> EnvironmentOf(LaunchOrder order, NotifySocket? notify)
    {
        var marked = order.Environment.SetItem(RunMark.Variable, finder.MarkOf(order.Service, order.Run).ToString());
        return notify is null ? marked : marked.SetItem(ChildEnvironment.NotifySocket, notify.Path);
    }

    // A child of ours keeps its entry in /proc until we reap it, dead or alive.
    private static RunIdentity Identify(int pid) => new(BootId.Current, pid, ProcessStatus.Read(pid)?.Started ?? "");

    private static LaunchResult.Refused Refuse(string reason, NotifySocket? notify)
    {
        notify?.Dispose();
        return new(reason);
    }

    private LaunchResult Spawn(SpawnRequest request, LaunchedRun run)
    {
        var key = (run.Order.Service, run.Order.Run);
        ChildProcess? started = null;
        string? refusal;
        try
        {
            refusal =
                run.Limits.Enter()
                ?? watcher.Spawn(
                    request,
                    child =>
                    {
                        _processes[key] = child;
                        return ChildLimits.Apply(child.Pid, run.Limits.Rest) ?? run.Limits.Hold(child.Pid);
                    },
                    (child, exit) => End(run, child, exit),
                    out started
                );
        }
        finally
        {
            _ = run.Limits.Leave();
        }

        if (started is null)
        {
            run.Limits.Abandon();
            _processes.TryRemove(key, out _);
            return Refuse(refusal!, run.Notify);
        }

        ListenForReady(run);
        LogStarted(run.Order.Service, run.Order.Run, started.Pid);
        return new LaunchResult.Started(Identify(started.Pid));
    }

    private void ListenForReady(LaunchedRun run)
    {
        if (run.Notify is { } notify)
        {
            _reports.Run("report that a run is ready", () => TellReadyAsync(run, notify));
        }
    }

    private static async ValueTask TellReadyAsync(LaunchedRun run, NotifySocket notify)
    {
        if (await notify.ReadyAsync())
        {
            run.Audience.WhenReady();
            await run.Audience.TellAsync(reports => reports.NotifiedAsync(run.Order.Run));
        }
    }

    private void End(LaunchedRun run, WatchedProcess process, ChildExit ended)
    {
        var exit = new RunExit(ended.Code, ended.Signal, time.GetUtcNow());
        _ended.Add(process.Pid);
        _processes.TryRemove((run.Order.Service, run.Order.Run), out _);
        run.Notify?.Dispose();
        _reports.Run("report the end of a run", () => TellEndAsync(run, process.Pid, exit));
    }

    // The next run must not begin while processes of this one live: with a cgroup that can be seen to.
    private async ValueTask TellEndAsync(LaunchedRun run, int pid, RunExit exit)
    {
        var whole = exit with { Note = await run.Limits.EndAsync(exit) };
        LogEnded(run.Order.Service, run.Order.Run, pid, whole.Describe());
        await run.Audience.TellAsync(reports => reports.ExitedAsync(run.Order.Run, whole));
    }

    [LoggerMessage(20, LogLevel.Debug, "{Service} {Run} started as pid {Pid}.")]
    private partial void LogStarted(ServiceKey service, RunId run, int pid);

    [LoggerMessage(21, LogLevel.Debug, "{Service} {Run}, pid {Pid}, ended: {Exit}.")]
    private partial void LogEnded(ServiceKey service, RunId run, int pid, string exit);
}
