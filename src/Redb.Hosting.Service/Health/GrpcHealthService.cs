using Grpc.Core;
using Grpc.Health.V1;
using Redb.Hosting.Service.Lifecycle;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Redb.Hosting.Service.Health;

/// <summary>
/// <c>grpc.health.v1</c> for the empty name and the service's own. Serving means started: unlike a heartbeat it never
/// says yes before the start hooks have run.
/// </summary>
internal sealed class GrpcHealthService(ServiceIdentity identity, ServiceHealth health, StopSignal stop)
    : Grpc.Health.V1.Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (!IsKnown(request.Service))
        {
            throw new RpcException(new(StatusCode.NotFound, $"unknown service {request.Service}"));
        }

        return Task.FromResult(Answer(health.Serving.Serving));
    }

    public override async Task Watch(
        HealthCheckRequest request,
        IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context
    )
    {
        // A watch must not hold up the graceful stop of the server.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stop.Token);
        ServingStatus? sent = null;
        while (!ended.IsCancellationRequested)
        {
            var (serving, changed) = health.Serving;
            var answer = IsKnown(request.Service) ? Answer(serving) : new() { Status = ServingStatus.ServiceUnknown };
            if (answer.Status != sent)
            {
                await responseStream.WriteAsync(answer, context.CancellationToken);
                sent = answer.Status;
            }

            await changed.WaitAsync(ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static HealthCheckResponse Answer(bool serving) =>
        new() { Status = serving ? ServingStatus.Serving : ServingStatus.NotServing };

    private bool IsKnown(string name) =>
        name.Length == 0 || string.Equals(name, identity.Name, StringComparison.Ordinal);
}
