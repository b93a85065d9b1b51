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
    /// Decides a launch ahead of its grain, unless that has looked for its service's run already and decides itself. The grain will find what the journal was told,
    /// and go on from there.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="intent">What the journal is told.</param>
    /// <param name="write">Tells it.</param>
    /// <returns>Whether it is decided.</returns>
    public bool DecideAhead(ServiceKey service, ServiceMemory intent, Action write)
    {
        lock (_aheadLock)
        {
            if (_lookedFor.Contains(service))
            {
                return false;
            }

            write();
            _ahead[service] = new(intent);
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
            ahead = new(ahead.Memory with { Process = process }) { Launch = launch, Run = (order, audience) };
            _ahead[order.Service] = ahead;
            if (process is not null)
            {
                remember(ahead.Memory);
            }

            return process;
        }
    }

    /// <summary>Kills the runs that no grain has taken over.</summary>
    public void DropAhead()
    {
        lock (_aheadLock)
        {
            foreach (
                var (order, audience) in _ahead.Values.Select(ahead => ahead.Run).OfType<(LaunchOrder, RunAudience)>()
            )
            {
                LogDropped(order.Service, order.Run);
                Signal(order.Service, order.Run, Libc.SigKill);
                audience.Admit(null);
            }

            _ahead.Clear();
        }
    }

    private AdoptResult.Ahead? TakeAhead(ServiceKey service, IRunReports reports)
    {
        lock (_aheadLock)
        {
            _ = _lookedFor.Add(service);
            if (!_ahead.Remove(service, out var ahead))
            {
                return null;
            }

            _ = _foreseen.TryRemove(service, out _);
            ahead.Run?.Audience.Admit(reports);
            return new(ahead.Memory, ahead.Launch);
        }
    }

    [LoggerMessage(
        25,
        LogLevel.Warning,
        "{Service} {Run} was launched ahead and no supervisor came of it: it is killed."
    )]
    private partial void LogDropped(ServiceKey service, RunId run);

    /// <summary>A run between the decision to launch it and its grain.</summary>
    private sealed record AheadRun(ServiceMemory Memory)
    {
        public LaunchResult? Launch { get; init; }

        public (LaunchOrder Order, RunAudience Audience)? Run { get; init; }
    }
}
