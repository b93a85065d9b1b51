using System.Collections.Immutable;
using HealthStatus = Redb.Protocol.Common.HealthStatus;

namespace Redb.Hosting.Service.Health;

/// <summary>
/// Keeps the service's health for everyone who reports it: heartbeats, <c>GetHealth</c> and <c>grpc.health.v1</c>.
/// </summary>
internal sealed class ServiceHealth(TimeProvider time)
{
    private readonly Lock _changing = new();
    private HealthSnapshot _current = HealthSnapshot.Initial;
    private bool _ready;
    private TaskCompletionSource _changed = NewSignal();

    public HealthSnapshot Current
    {
        get
        {
            lock (_changing)
            {
                return _current;
            }
        }
    }

    /// <summary>Whether the service takes work: started, not stopping and not unhealthy. And a task that ends when
    /// that may have changed.</summary>
    public (bool Serving, Task Changed) Serving
    {
        get
        {
            lock (_changing)
            {
                return (_ready && _current.Status != HealthStatus.Unhealthy, _changed.Task);
            }
        }
    }

    public void SetReady(bool ready) => Change(() => _ready = ready);

    public void Publish(ImmutableArray<CheckOutcome> checks) =>
        Change(() =>
        {
            var status = HealthRules.Aggregate([.. checks.Select(check => check.Status)]);
            var lastHealthy = status == HealthStatus.Healthy ? time.GetUtcNow() : _current.LastHealthy;
            _current = new(status, checks, lastHealthy);
        });

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_changing)
        {
            change();
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    // Continuations must not run under the feet of whoever reports a change.
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
