using Grpc.Core;
using Grpc.Health.V1;
using Redb.Grains.Probes;
using Redb.Silo.Controllers;

namespace Redb.Silo.Probes;

/// <summary>Passes when <c>grpc.health.v1.Health/Check</c> answers SERVING.</summary>
internal sealed class GrpcProbe(ServiceConnections connections) : IProbe
{
    public string Describe(ProbeTarget target)
    {
        var service = target.Probe.Service.Length == 0 ? "" : $" service {target.Probe.Service}";
        return $"grpc {ServiceConnections.Format(target.Host, target.Port)}{service}";
    }

    public async Task<ProbeResult> AskAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        try
        {
            using var channel = connections.Open(ServiceConnections.Format(target.Host, target.Port));
            var response = await new Health.HealthClient(channel).CheckAsync(
                new HealthCheckRequest { Service = target.Probe.Service },
                cancellationToken: cancellationToken
            );
            return new(
                response.Status == HealthCheckResponse.Types.ServingStatus.Serving,
                $"{Describe(target)} answered {Wire.Name(response.Status)}"
            );
        }
        catch (RpcException failure)
        {
            return new(false, $"{Describe(target)} {ServiceConnections.Describe(failure)}");
        }
        catch (UriFormatException failure)
        {
            return new(false, $"{Describe(target)} is no address: {failure.Message}");
        }
    }
}
