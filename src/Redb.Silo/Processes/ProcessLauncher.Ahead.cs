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

    /// <summary>Whether nothing of an earlier supervisor may still live in a service: else its grain has to look closer first.</summary>
    public bool IsUntouched(ServiceKey service) => !finder.HasMarked(service);

    /// <summary>Does something in a service's name, unless its grain has looked for its run already and speaks for itself.</summary>
    /// <returns>Whether it was done.</returns>
    public bool BeforeItsGrain(ServiceKey service, Action act)
    {
        lock (_aheadLock)
        {
            if (_lookedFor.Contains(service))
            {
                return false;
            }

            act();
            return true;
        }
    }

    /// <summary>
    /// Launches a run that its grain is going to order. The grain's <see cref="Launch(LaunchOrder, IRunReports)"/> with an equal order finds it running, and
    /// hears from then on what became of it.
    /// </summary>
    /// <param name="order">What the grain is going to order.</param>
    /// <param name="whenReady">Done as soon as the run says that it is ready.</param>
    /// <param name="remember">Puts its process on record, before its grain can put anything else there.</param>
    /// <returns>The process; null when its grain has looked for it already, and when it could not be launched: the grain will hear why.</returns>
    public RunIdentity? LaunchAhead(LaunchOrder order, Action whenReady, Action<RunIdentity> remember)
    {
        RunIdentity? process = null;
        _ = BeforeItsGrain(
            order.Service,
            () =>
            {
                var audience = new RunAudience { WhenReady = whenReady };
                if (Launch(order, audience) is LaunchResult.Started started)
                {
                    _ahead[order.Service] = new(order, started, audience);
                    process = started.Process;
                    remember(process);
                }
            }
        );
        return process;
    }

    /// <summary>Completes when every run that was launched ahead has been ordered, or is dropped. To be asked when no more are launched.</summary>
    public Task AllOrderedAsync()
    {
        lock (_aheadLock)
        {
            return Task.WhenAll(_ahead.Values.Select(ahead => ahead.Audience.AdmittedAsync()));
        }
    }

    /// <summary>Kills the runs that no grain has ordered.</summary>
    public void DropAhead()
    {
        lock (_aheadLock)
        {
            foreach (var ahead in _ahead.Values)
            {
                Drop(ahead);
            }

            _ahead.Clear();
        }
    }

    private bool IsAhead(ServiceKey service)
    {
        lock (_aheadLock)
        {
            _ = _lookedFor.Add(service);
            return _ahead.ContainsKey(service);
        }
    }

    private LaunchResult.Started? TakeAhead(LaunchOrder order, IRunReports reports)
    {
        lock (_aheadLock)
        {
            if (!_ahead.Remove(order.Service, out var ahead))
            {
                return null;
            }

            if (ahead.Order == order)
            {
                ahead.Audience.Admit(reports);
                return ahead.Started;
            }

            Drop(ahead);
            return null;
        }
    }

    private void Drop(AheadRun ahead)
    {
        LogDropped(ahead.Order.Service, ahead.Order.Run);
        Signal(ahead.Order.Service, ahead.Order.Run, Libc.SigKill);
        ahead.Audience.Admit(null);
    }

    [LoggerMessage(25, LogLevel.Warning, "{Service} {Run} was launched ahead and nobody ordered it: it is killed.")]
    private partial void LogDropped(ServiceKey service, RunId run);

    /// <summary>A run between its launch and its grain's order.</summary>
    private sealed record AheadRun(LaunchOrder Order, LaunchResult.Started Started, RunAudience Audience);
}
