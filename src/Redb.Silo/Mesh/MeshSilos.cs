using Redb.Grains.Mesh;
using Redb.Grains.Planning;

namespace Redb.Silo.Mesh;

/// <summary>Tells the mesh nodes of this host, and their meshes, which supervisors of the cluster live and which are dead.</summary>
internal sealed class MeshSilos(IClusterMembershipService membership, HostPlan host, IGrainFactory grains)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var groups = host.Groups.Where(group => group.Mesh is not null).ToList();
        var meshes = groups.Select(group => group.Mesh!.Settings.Name).Distinct(StringComparer.Ordinal).ToList();
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                var silos = SilosOf(snapshot);
                foreach (var group in groups)
                {
                    await grains.GetGrain<IMeshMember>(group.Key.ToString()).SilosChangedAsync(silos);
                }

                foreach (var mesh in meshes)
                {
                    await grains.GetGrain<IMeshMembers>(mesh).SilosChangedAsync(silos);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the supervisor.
        }
    }

    private static ClusterSilos SilosOf(ClusterMembershipSnapshot snapshot)
    {
        var members = snapshot.Members.Values;
        return new(
            [.. members.Where(member => member.Status != SiloStatus.Dead).Select(member => member.Name)],
            [.. members.Where(member => member.Status == SiloStatus.Dead).Select(member => member.Name).Distinct()]
        );
    }
}
