using Orleans.Runtime.Placement;
using Redb.Abstractions.Hosts;

namespace Redb.Silo.Hosting;

/// <summary>Finds the silo whose name is the host that a grain's key begins with.</summary>
internal sealed class OnHostDirector(IClusterMembershipService membership) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy,
        PlacementTarget target,
        IPlacementContext context
    )
    {
        var key = target.GrainIdentity.Key.ToString() ?? "";
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? key : key[..slash];
        var compatible = context.GetCompatibleSilos(target);
        foreach (var member in membership.CurrentSnapshot.Members.Values)
        {
            if (member.Status == SiloStatus.Active && member.Name == host && compatible.Contains(member.SiloAddress))
            {
                return Task.FromResult(member.SiloAddress);
            }
        }

        throw new HostUnreachableException($"Host '{host}' has no active supervisor in the cluster.");
    }
}
