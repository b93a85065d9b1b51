using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Redb.Hosting.Service.Configuration;
using Redb.Hosting.Service.Health;
using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>What a supervisor may call on a service.</summary>
internal sealed class ControllerService(
    IOptions<ReDbServiceOptions> options,
    LiveConfiguration configuration,
    ServiceHealth health,
    StopSignal stop
) : ServiceControllerService.ServiceControllerServiceBase
{
    public override Task<StartResponse> Start(StartRequest request, ServerCallContext context)
    {
        configuration.Merge(request.Config?.Config ?? []);
        return Task.FromResult(new StartResponse { Message = "Service is already running" });
    }

    /// <summary>Answers once everything but the server has stopped, so that the caller learns how it went.</summary>
    public override async Task<StopResponse> Stop(StopRequest request, ServerCallContext context)
    {
        var grace = request.GracePeriod?.ToTimeSpan();
        stop.Request(grace);
        var stopped = await stop.WaitAsync(grace ?? options.Value.Timings.StopGrace, context.CancellationToken);
        return new()
        {
            Success = stopped,
            Message = stopped ? "Service stopped successfully" : "Shutdown timeout exceeded",
        };
    }

    public override Task<GetHealthResponse> GetHealth(GetHealthRequest request, ServerCallContext context)
    {
        var current = health.Current;
        return Task.FromResult(
            new GetHealthResponse
            {
                Status = current.Status,
                LastHealthy = current.LastHealthy?.ToTimestamp(),
                Checks =
                {
                    current.Checks.Select(check => new HealthCheck
                    {
                        Name = check.Name,
                        Status = check.Status,
                        Message = check.Message,
                        LastChecked = check.CheckedAt.ToTimestamp(),
                    }),
                },
            }
        );
    }

    public override Task<ConfigureResponse> Configure(ConfigureRequest request, ServerCallContext context)
    {
        var changed = configuration.Merge(request.Config?.Config ?? []);
        return Task.FromResult(
            new ConfigureResponse
            {
                Success = true,
                Message = "Configuration updated",
                Restarting = request.RestartRequired || options.Value.RestartKeys.Overlaps(changed),
            }
        );
    }
}
