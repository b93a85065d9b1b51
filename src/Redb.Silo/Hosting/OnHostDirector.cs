using System.Collections.Immutable;
using Orleans.Runtime.Placement;
using Redb.Abstractions.Hosts;

namespace Redb.Silo.Hosting;

/// <summary>Finds the silo that serves what a grain's key names: the group <c>host/group</c>, or any group of <c>host</c>.</summary>
internal sealed class OnHostDirector(IClusterMembershipService membership) : IPlacementDirector
{
    private Roster _roster = new(MembershipVersion.MinValue, []);

    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy,
        PlacementTarget target,
        IPlacementContext context
    )
    {
        var key = target.GrainIdentity.Key.ToString()?.Split('/', 3) ?? [];
        var (host, group) = (key.ElementAtOrDefault(0) ?? "", key.ElementAtOrDefault(1));
        var compatible = context.GetCompatibleSilos(target);
        foreach (var (identity, silo) in Present())
        {
            if (
                identity.Host == host
                && (group is null || identity.Serves(group))
                && Array.IndexOf(compatible, silo) >= 0
            )
            {
                return Task.FromResult(silo);
            }
        }

        throw new HostUnreachableException(
            group is null
                ? $"Host '{host}' has no active supervisor in the cluster."
                : $"Host '{host}' has no active supervisor of group '{group}' in the cluster."
        );
    }

    private ImmutableArray<(SiloIdentity Identity, SiloAddress Silo)> Present()
    {
        var (roster, snapshot) = (_roster, membership.CurrentSnapshot);
        if (roster.Version != snapshot.Version)
        {
            // Two threads that do this at once do the same.
            roster = _roster = Roster.Of(snapshot);
        }

        return roster.Silos;
    }

    /// <summary>The active supervisors of one version of the membership, by name.</summary>
    private sealed record Roster(
        MembershipVersion Version,
        ImmutableArray<(SiloIdentity Identity, SiloAddress Silo)> Silos
    )
    {
        public static Roster Of(ClusterMembershipSnapshot snapshot) =>
            new(
                snapshot.Version,
                [
                    .. snapshot
                        .Members.Values.Where(member => member.Status == SiloStatus.Active)
                        .OrderBy(member => member.Name, StringComparer.Ordinal)
                        .Select(member => (Identity: SiloIdentity.Parse(member.Name), member.SiloAddress))
                        .Where(member => member.Identity is not null)
                        .Select(member => (member.Identity!, member.SiloAddress)),
                ]
            );
    }
}
