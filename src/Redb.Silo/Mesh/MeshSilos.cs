using Redb.Grains.Mesh;
using Redb.Grains.Planning;

namespace Redb.Silo.Mesh;

/// <summary>Tells the mesh nodes of this host, and their meshes, which supervisors of the cluster live and which are dead.</summary>
internal sealed partial class MeshSilos(
    IClusterMembershipService membership,
    HostPlan host,
    IGrainFactory grains,
    ILogger<MeshSilos> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                await TellAsync(SilosOf(snapshot));
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the supervisor.
        }
    }

    private async Task TellAsync(ClusterSilos silos)
    {
        var groups = host.Groups.Where(group => group.Mesh is not null).ToList();
        try
        {
            foreach (var group in groups)
            {
                await grains.GetGrain<IMeshMember>(group.Key.ToString()).SilosChangedAsync(silos);
            }

            foreach (var mesh in groups.Select(group => group.Mesh!.Settings.Name).Distinct(StringComparer.Ordinal))
            {
                await grains.GetGrain<IMeshMembers>(mesh).SilosChangedAsync(silos);
            }
        }
        catch (Exception failure)
        {
            // The leases say the same, some seconds later.
            LogUntold(failure);
        }
    }

    private static ClusterSilos SilosOf(ClusterMembershipSnapshot snapshot)
    {
        var members = snapshot.Members.Values;
        return new(
            [.. members.Where(member => member.Status != SiloStatus.Dead).Select(member => member.Name)],
            [
                .. members
                    .Where(member => member.Status == SiloStatus.Dead)
                    .Select(member => member.Name)
                    .Distinct(StringComparer.Ordinal),
            ]
        );
    }

    [LoggerMessage(60, LogLevel.Warning, "The mesh was not told which supervisors are dead.")]
    private partial void LogUntold(Exception failure);
}
