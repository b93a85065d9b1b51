using System.Collections.Concurrent;
using System.Threading.Channels;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Journal;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Grains;

/// <summary>Processes that do nothing but what a test tells them to; every launch and signal is an event to await.</summary>
internal sealed class FakeProcesses : IProcessLauncher
{
    private readonly Channel<Launched> _launches = Channel.CreateUnbounded<Launched>();
    private readonly Channel<Signalled> _signals = Channel.CreateUnbounded<Signalled>();
    private int _pid = 1000;

    /// <summary>Why launches of a service are refused, by its name.</summary>
    public ConcurrentDictionary<string, string> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a process ends as soon as it is sent SIGTERM.</summary>
    public bool AreObedient { get; init; }

    public LaunchResult Launch(LaunchOrder order, IRunReports reports)
    {
        if (Refusals.TryGetValue(order.Service.Service, out var reason))
        {
            return new LaunchResult.Refused(reason);
        }

        var process = new Launched(order, reports, Interlocked.Increment(ref _pid));
        _launches.Writer.TryWrite(process);
        Live[order.Service.Service] = process;
        return new LaunchResult.Started(new("boot", process.Pid, "1"));
    }

    /// <summary>What becomes of a run that is to be adopted, by name of its service; a run that is not named here never was.</summary>
    public ConcurrentDictionary<string, AdoptResult> Survivors { get; } = new(StringComparer.Ordinal);

    public AdoptResult Adopt(LaunchOrder order, RunIdentity? process, IRunReports reports)
    {
        var result = Find(order);
        if (result is AdoptResult.Alive alive)
        {
            Live[order.Service.Service] = new(order with { Run = alive.Run }, reports, alive.Process.Pid);
        }

        return result;
    }

    public AdoptResult Find(LaunchOrder order) =>
        Survivors.GetValueOrDefault(order.Service.Service, new AdoptResult.NeverStarted());

    /// <summary>The last process of each service.</summary>
    public ConcurrentDictionary<string, Launched> Live { get; } = new(StringComparer.Ordinal);

    public void Signal(ServiceKey service, RunId run, int signal)
    {
        _signals.Writer.TryWrite(new(service.Service, run, signal));
        if (AreObedient && Live.TryGetValue(service.Service, out var process) && process.Run == run)
        {
            process.Reports.ExitedAsync(run, new RunExit(0, null, DateTimeOffset.UnixEpoch)).AsTask().Ignore();
        }
    }

    public Task<Launched> NextLaunchAsync() => _launches.Reader.NextAsync("a launch");

    public Task<Signalled> NextSignalAsync() => _signals.Reader.NextAsync("a signal");

    public bool HasMoreLaunches => _launches.Reader.TryPeek(out _);

    internal sealed record Launched(LaunchOrder Order, IRunReports Reports, int Pid)
    {
        public string Name => Order.Service.Service;

        public RunId Run => Order.Run;

        public ValueTask ExitsAsync(int code) =>
            Reports.ExitedAsync(Run, new RunExit(code, null, DateTimeOffset.UnixEpoch));
    }

    internal sealed record Signalled(string Service, RunId Run, int Number);
}
