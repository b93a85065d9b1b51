using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Redb.Hosting.Service.Health;
using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Supervision;

/// <summary>Sends one heartbeat and says what became of it.</summary>
internal sealed class Heartbeat(
    SupervisorChannel supervisor,
    ServiceHealth health,
    MetricsSampler metrics,
    IOptions<ReDbServiceOptions> options,
    TimeProvider time
)
{
    public async Task<HeartbeatAnswer> SendAsync(string serviceId, CancellationToken stopping)
    {
        var request = new HeartbeatRequest
        {
            ServiceId = serviceId,
            HealthStatus = health.Current.Status,
            Metrics = metrics.Sample(),
            Timestamp = time.GetUtcNow().ToTimestamp(),
        };
        var limit = options.Value.Timings.HeartbeatTimeout;
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            return new HeartbeatAnswer.Accepted(
                await supervisor.Client!.SendHeartbeatAsync(request, cancellationToken: either.Token)
            );
        }
        catch (RpcException e)
        {
            stopping.ThrowIfCancellationRequested();
            return timeout.IsCancellationRequested
                ? new HeartbeatAnswer.Failed($"no answer within {limit}")
                : ToAnswer(e);
        }
    }

    private static HeartbeatAnswer ToAnswer(RpcException e) =>
        IsUnknownService(e) ? new HeartbeatAnswer.Unknown()
        : e.StatusCode == StatusCode.Unavailable ? new HeartbeatAnswer.Disconnected(e.Status.Detail)
        : new HeartbeatAnswer.Failed($"{e.StatusCode}: {e.Status.Detail}");

    // UNKNOWN is also what any server says when it trips over itself; only the text tells the two apart.
    private static bool IsUnknownService(RpcException e) =>
        e.StatusCode == StatusCode.NotFound
        || (
            e.StatusCode == StatusCode.Unknown
            && e.Status.Detail.Contains("service not found", StringComparison.OrdinalIgnoreCase)
        );
}
