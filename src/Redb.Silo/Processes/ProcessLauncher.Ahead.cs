using Redb.Abstractions.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Services;

namespace Redb.Silo.Processes;

/// <content>Runs that are launched before their grains can ask for them.</content>
internal sealed partial class ProcessLauncher
{
    private readonly Lock _aheadLock = new();
    private readonly Dictionary<ServiceKey, AheadRun> _ahead = [];

    // Once a grain has looked for its service's run, launching is its affair.
    private readonly HashSet<ServiceKey> _lookedFor = [];

    /// <summary>
    /// Decides a launch ahead of its grain, unless that has looked for its service's run already and decides itself.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="intent">What the journal is told.</param>
    /// <param name="isTold">
    /// Whether the journal is told as well what led to it: then the grain finds the memory that it goes on from. Else it decides the same once more, and its order
    /// finds the run running.
    /// </param>
    /// <param name="write">Tells the journal.</param>
    /// <returns>Whether it is decided.</returns>
    public bool DecideAhead(ServiceKey service, ServiceMemory intent, bool isTold, Action write)
    {
        lock (_aheadLock)
        {
            if (_lookedFor.Contains(service))
            {
                return false;
            }

            write();
            _ahead[service] = new(intent, isTold);
            return true;
        }
    }

    /// <summary>Launches what was decided ahead, unless its grain has taken that over meanwhile.</summary>
    /// <param name="order">What the grain would order.</param>
    /// <param name="whenReady">Done as soon as the run says that it is ready.</param>
    /// <param name="remember">Puts the run with its process on record, before its grain can put anything else there.</param>
    /// <returns>The process; null when there is none: the grain will hear why.</returns>
    public RunIdentity? LaunchAhead(LaunchOrder order, Action whenReady, Action<ServiceMemory> remember)
    {
        lock (_aheadLock)
        {
            if (!_ahead.TryGetValue(order.Service, out var ahead))
            {
                return null;
            }

            var audience = new RunAudience { WhenReady = whenReady };
            var launch = Launch(order, audience);
            var process = (launch as LaunchResult.Started)?.Process;
            ahead = ahead with
            {
                Memory = ahead.Memory with { Process = process },
                Launch = launch,
                Run = (order, audience),
            };
            _ahead[order.Service] = ahead;
            if (process is not null)
            {
                remember(ahead.Memory);
            }

            return process;
        }
    }

    /// <summary>Completes when every run that was launched ahead has been taken over or ordered by its grain, or is dropped. To be asked when no more are launched.</summary>
    public Task AllTakenAsync()
    {
        lock (_aheadLock)
        {
            return Task.WhenAll(Launched.Select(run => run.Audience.AdmittedAsync()));
        }
    }

    /// <summary>Kills the runs that no grain has taken over.</summary>
    public void DropAhead()
    {
        lock (_aheadLock)
        {
            foreach (var run in Launched.ToArray())
            {
                Drop(run);
            }

            _ahead.Clear();
        }
    }

    private IEnumerable<(LaunchOrder Order, RunAudience Audience)> Launched =>
        _ahead.Values.Where(ahead => ahead.Launch is LaunchResult.Started).Select(ahead => ahead.Run!.Value);

    // A grain that was told nothing begins with its run when it orders it.
    private AdoptResult? FindAhead(ServiceKey service, IRunReports reports)
    {
        lock (_aheadLock)
        {
            _ = _lookedFor.Add(service);
            if (!_ahead.TryGetValue(service, out var ahead))
            {
                return null;
            }

            if (!ahead.IsTold)
            {
                return new AdoptResult.NeverStarted();
            }

            _ = _ahead.Remove(service);
            _ = _foreseen.TryRemove(service, out _);
            ahead.Run?.Audience.Admit(reports);
            return new AdoptResult.Ahead(ahead.Memory, ahead.Launch);
        }
    }

    private LaunchResult.Started? TakeAhead(LaunchOrder order, IRunReports reports)
    {
        lock (_aheadLock)
        {
            if (!_ahead.Remove(order.Service, out var ahead) || ahead.Launch is not LaunchResult.Started started)
            {
                return null;
            }

            var run = ahead.Run!.Value;
            if (run.Order == order)
            {
                run.Audience.Admit(reports);
                return started;
            }

            Drop(run);
            return null;
        }
    }

    private void Drop((LaunchOrder Order, RunAudience Audience) run)
    {
        LogDropped(run.Order.Service, run.Order.Run);
        Signal(run.Order.Service, run.Order.Run, Libc.SigKill);
        run.Audience.Admit(null);
    }

    [LoggerMessage(25, LogLevel.Warning, "{Service} {Run} was launched ahead and nobody took it over: it is killed.")]
    private partial void LogDropped(ServiceKey service, RunId run);

    /// <summary>A run between the decision to launch it and its grain.</summary>
    private sealed record AheadRun(ServiceMemory Memory, bool IsTold)
    {
        public LaunchResult? Launch { get; init; }

        public (LaunchOrder Order, RunAudience Audience)? Run { get; init; }
    }
}
