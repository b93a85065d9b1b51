using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Logs;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;
using Redb.Grains.Logs;
using Redb.Grains.Probes;
using Redb.Grains.Services;

namespace Redb.Benchmarks.Cluster;

/// <summary>A host on which no process exists: launches succeed, signals end what they are for, and nothing is remembered.</summary>
internal sealed class QuietWorld : IProcessLauncher, IServiceController, IProber, ILogFiles, IJournal, IResourceLimiter
{
    private readonly ConcurrentDictionary<ServiceKey, IRunReports> _live = new();
    private int _pid = 1000;

    public string Trouble => "";

    public LaunchResult Launch(LaunchOrder order, IRunReports reports)
    {
        _live[order.Service] = reports;
        return new LaunchResult.Started(new("simulated", Interlocked.Increment(ref _pid), "1"));
    }

    public AdoptResult Adopt(LaunchOrder order, RunIdentity? process, IRunReports reports) =>
        new AdoptResult.NeverStarted();

    public void Signal(ServiceKey service, RunId run, int signal)
    {
        if (_live.TryRemove(service, out var reports))
        {
            reports.ExitedAsync(run, new RunExit(0, null, DateTimeOffset.UnixEpoch)).AsTask().Ignore();
        }
    }

    public void RequestStop(ServiceKey service, RunId run, string endpoint, TimeSpan grace, IRunReports reports) =>
        reports.StopRefusedAsync(run, "nobody is there").AsTask().Ignore();

    public Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(new ProbeResult(Passed: true, ""));

    public async IAsyncEnumerable<LogLine> ReadAsync(
        string file,
        LogQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        yield break;
    }

    public ImmutableArray<string> ReadLast(string file, int count) => [];

    public ServiceMemory? Recall(ServiceKey service) => null;

    public GroupMemory? Recall(GroupKey group) => null;

    public ImmutableArray<SupervisorEvent> RecallEvents(GroupKey group, int count) => [];

    public void Write(JournalEntry entry)
    {
        // Nobody comes after this supervisor.
    }

    public ValueTask FlushAsync() => default;

    public string Describe(ResourceConfiguration resources) => "";
}
