using Grpc.Health.V1;
using Grpc.HealthCheck;
using Redb.Abstractions.Instances;
using Redb.Grains.Instances;
using Redb.Grains.Planning;

namespace Redb.Silo.Hosting;

/// <summary>
/// Answers <c>grpc.health.v1</c>: the empty name for the supervisor, a group's id for the group, which serves while it is
/// Ready or Degraded.
/// </summary>
internal sealed class HealthPublisher(HealthServiceImpl health, HostPlan host, IGrainFactory grains) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        health.SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
        try
        {
            await Task.WhenAll(host.Groups.Select(group => FollowAsync(group, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            health.SetStatus("", HealthCheckResponse.Types.ServingStatus.NotServing);
        }
    }

    private async Task FollowAsync(GroupPlan plan, CancellationToken cancellationToken)
    {
        var group = grains.GetGrain<IGroupMembers>(plan.Key.ToString());
        await foreach (var phase in group.WatchPhaseAsync(cancellationToken).WithCancellation(cancellationToken))
        {
            var isServing = phase is GroupPhase.Ready or GroupPhase.Degraded;
            health.SetStatus(
                plan.Key.Group,
                isServing
                    ? HealthCheckResponse.Types.ServingStatus.Serving
                    : HealthCheckResponse.Types.ServingStatus.NotServing
            );
        }
    }
}
