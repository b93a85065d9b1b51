using System.Collections.Immutable;
using System.Threading.Channels;
using Redb.Abstractions.Instances;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Logs;
using Redb.Grains.Planning;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Hosting;

/// <summary>
/// Launches what is certain to be launched while the silo still starts, on the other core: a silo takes half a second, and neither most first services nor those
/// that died while no supervisor watched need anything of it.
/// </summary>
/// <remarks>
/// The grains decide the same (<see cref="Foresight"/>), order it, and find it done. What replaces a run that has ended they find told as well, since an end is told once.
/// </remarks>
internal sealed partial class EarlyLaunches(
    HostPlan plan,
    IJournal journal,
    EventLogs events,
    ILogFiles logs,
    ProcessLauncher launcher,
    TimeProvider time,
    ILogger<EarlyLaunches> logger
)
{
    private readonly Channel<ServiceKey> _ready = Channel.CreateUnbounded<ServiceKey>();
    private readonly Dictionary<GroupKey, Foresight> _groups = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Moment Now => Moment.Of(time);

    /// <summary>
    /// Launches what waits for nobody, one after the other, and then, as these say that they are ready, those that wait for nobody else. What is left is
    /// left to whoever comes next.
    /// </summary>
    /// <param name="enough">When every grain has looked for its service's run, and takes over.</param>
    /// <param name="ended">When the supervisor is asked to end.</param>
    public Task RunAsync(CancellationToken enough, CancellationToken ended) =>
        Task.Run(() => TryLaunchAsync(enough, ended), CancellationToken.None);

    /// <summary>Completes when what waits for nobody has been launched.</summary>
    public Task FirstAsync() => _first.Task.WaitAsync(CancellationToken.None);

    private async Task TryLaunchAsync(CancellationToken enough, CancellationToken ended)
    {
        try
        {
            foreach (var group in plan.Groups)
            {
                _groups[group.Key] = new(plan, group, journal, logs, launcher.Foresee, Now);
            }

            await LaunchAsync([.. _groups.Values.SelectMany(group => group.Begin(Now))], ended);
            _first.SetResult();
            await LaunchDependentsAsync(enough, ended);
        }
        catch (Exception failure)
        {
            // Nothing is lost: the grains launch what is missing.
            LogFailed(failure);
        }
        finally
        {
            _first.TrySetResult();
        }
    }

    private async Task LaunchDependentsAsync(CancellationToken enough, CancellationToken ended)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough, ended);
        try
        {
            await foreach (var service in _ready.Reader.ReadAllAsync(either.Token))
            {
                await LaunchAsync(_groups[service.ToGroup()].Notified(service.Service, Now), either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // From here on it is the affair of the grains.
        }
    }

    private async Task LaunchAsync(ImmutableArray<HeadStart> certain, CancellationToken ended)
    {
        // The intent first, as ever: a successor must look for these runs.
        while (certain.Where(Decide).ToArray() is { Length: > 0 } starts)
        {
            await journal.FlushAsync();
            certain = [.. starts.TakeWhile(_ => !ended.IsCancellationRequested).SelectMany(start => Launch(start))];
        }
    }

    private bool Decide(HeadStart start)
    {
        var (order, intent, news) = start;
        return start.IsReplacement
            ? launcher.DecideAhead(
                order.Service,
                intent,
                isTold: true,
                () => events.Of(order.Service.ToGroup()).Remember(order.Service, intent, news)
            )
            : launcher.DecideAhead(order.Service, intent, isTold: false, () => Write(order.Service, intent));
    }

    private void Write(ServiceKey service, ServiceMemory memory) =>
        journal.Write(new JournalEntry.OfService(service, memory, []));

    // What it leads to is certain as well, where being there is all that others wait for.
    private ImmutableArray<HeadStart> Launch(HeadStart start)
    {
        var service = start.Order.Service;
        return
            launcher.LaunchAhead(start.Order, () => _ready.Writer.TryWrite(service), memory => Write(service, memory))
                is { } launched
            ? _groups[service.ToGroup()].Launched(service.Service, launched.Pid, Now)
            : [];
    }

    [LoggerMessage(60, LogLevel.Warning, "Services could not be launched before the silo was up.")]
    private partial void LogFailed(Exception failure);
}
