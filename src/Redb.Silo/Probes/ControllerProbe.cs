using Grpc.Core;
using Redb.Grains.Probes;
using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;
using Redb.Silo.Controllers;

namespace Redb.Silo.Probes;

/// <summary>Passes when the service's controller answers that it is healthy or degraded.</summary>
internal sealed class ControllerProbe(ServiceConnections connections) : IProbe
{
    private static readonly HealthStatus[] Passing = [HealthStatus.Healthy, HealthStatus.Degraded];

    public string Describe(ProbeTarget target) => $"controller {ServiceConnections.Format(target.Host, target.Port)}";

    public async Task<ProbeResult> AskAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        try
        {
            using var channel = connections.Open(ServiceConnections.Format(target.Host, target.Port));
            var response = await new ServiceControllerService.ServiceControllerServiceClient(channel).GetHealthAsync(
                new GetHealthRequest(),
                cancellationToken: cancellationToken
            );
            return new(
                Passing.Contains(response.Status),
                $"{Describe(target)} answered {Wire.Name(response.Status)}{DescribeChecks(response)}"
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

    private static string DescribeChecks(GetHealthResponse response)
    {
        var failing = response
            .Checks.Where(check => check.Status != HealthStatus.Healthy)
            .Select(check => $"{check.Name}: {check.Message}")
            .ToArray();
        return failing.Length == 0 ? "" : $" ({string.Join(", ", failing)})";
    }
}
