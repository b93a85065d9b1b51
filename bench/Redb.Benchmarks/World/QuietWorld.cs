using System.Collections.Concurrent;
using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Logs;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;
using Redb.Grains.Logs;
using Redb.Grains.Probes;
using Redb.Grains.Services;
using Redb.Grains.Supervision;

namespace Redb.Benchmarks.World;

/// <summary>A host without processes, files and journal: launches succeed, signals end what they are for, and what is left is what the grains themselves cost.</summary>
internal sealed class QuietWorld
    : IProcessLauncher,
        IServiceController,
        IProber,
        ILogFiles,
        IResourceLimiter,
        IJournal,
        ISupervisorControl,
        IClusterStanding
{
    private readonly ConcurrentDictionary<ServiceKey, (RunId Run, IRunReports Reports)> _live = new();
    private int _pid = 1000;

    public string Trouble => "";

    public LaunchResult Launch(LaunchOrder order, IRunReports reports)
    {
        _live[order.Service] = (order.Run, reports);
        return new LaunchResult.Started(new("simulated", Interlocked.Increment(ref _pid), "1"));
    }

    /// <summary>Ends the run of a service as a crash would.</summary>
    public ValueTask CrashAsync(ServiceKey service)
    {
        var (run, reports) = _live[service];
        return reports.ExitedAsync(run, new(1, null, DateTimeOffset.UnixEpoch));
    }

    public AdoptResult Adopt(LaunchOrder order, RunIdentity? process, IRunReports reports) =>
        new AdoptResult.NeverStarted();

    public void Signal(ServiceKey service, RunId run, int signal)
    {
        if (_live.TryRemove(service, out var live))
        {
            live.Reports.ExitedAsync(run, new(0, null, DateTimeOffset.UnixEpoch)).AsTask().Ignore();
        }
    }

    public void RequestStop(ServiceKey service, RunId run, string endpoint, TimeSpan grace, IRunReports reports) =>
        reports.StopRefusedAsync(run, "nobody is there").AsTask().Ignore();

    public Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No service here is probed.");

    public IAsyncEnumerable<LogLine> ReadAsync(string file, LogQuery query, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<LogLine>();

    public ImmutableArray<string> ReadLast(string file, int count) => [];

    public string Describe(ResourceConfiguration resources) => "";

    public ServiceMemory? Recall(ServiceKey service) => null;

    public GroupMemory? Recall(GroupKey group) => null;

    public ImmutableArray<SupervisorEvent> RecallEvents(GroupKey group, int count) => [];

    public Task<ImmutableArray<SupervisorEvent>> ReadEventsAsync(GroupKey group, long before, int count) =>
        Task.FromResult<ImmutableArray<SupervisorEvent>>([]);

    public void Write(JournalEntry entry) { }

    public ValueTask FlushAsync() => default;

    public Task<string> RestartAsync() => Task.FromResult("it is simulated");

    public void Stop(bool leaveRunning) => throw new NotSupportedException("Nobody here is asked to end.");
}
