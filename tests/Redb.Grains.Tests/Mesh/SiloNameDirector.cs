using Orleans.Runtime.Placement;
using Redb.Abstractions.Hosts;

namespace Redb.Grains.Tests.Mesh;

/// <summary>Hosts here bear the names of their silos.</summary>
internal sealed class SiloNameDirector(IClusterMembershipService membership) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy,
        PlacementTarget target,
        IPlacementContext context
    )
    {
        var host = target.GrainIdentity.Key.ToString()!.Split('/')[0];
        var member = membership.CurrentSnapshot.Members.Values.FirstOrDefault(member =>
            member.Status == SiloStatus.Active && member.Name == host
        );
        return Task.FromResult(member?.SiloAddress ?? throw new HostUnreachableException($"Host {host} is not there."));
    }
}
