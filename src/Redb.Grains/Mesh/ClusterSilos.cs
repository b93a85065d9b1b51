using System.Collections.Immutable;
using Redb.Abstractions.Hosts;

namespace Redb.Grains.Mesh;

/// <summary>The supervisors of the cluster by the names of their silos, as the membership has them.</summary>
/// <param name="Live">Those that are not dead.</param>
/// <param name="Dead">Those that were declared dead.</param>
[GenerateSerializer, Immutable]
internal sealed record ClusterSilos(
    [property: Id(0)] ImmutableArray<string> Live,
    [property: Id(1)] ImmutableArray<string> Dead
)
{
    public static readonly ClusterSilos None = new([], []);

    // Read once for all nodes that are asked about: after the death of a rack those are thousands.
    [NonSerialized]
    private ILookup<string, SiloIdentity>? _live;

    [NonSerialized]
    private ILookup<string, SiloIdentity>? _dead;

    /// <summary>Whether the supervisor of a group is dead, and none has taken its place. One that was never seen may be a stranger, and is not lost.</summary>
    public bool HasLost(string host, string group) =>
        (_dead ??= ByHost(Dead))[host].Any(silo => silo.Serves(group))
        && !(_live ??= ByHost(Live))[host].Any(silo => silo.Serves(group));

    private static ILookup<string, SiloIdentity> ByHost(ImmutableArray<string> names) =>
        names.Select(SiloIdentity.Parse).OfType<SiloIdentity>().ToLookup(silo => silo.Host, StringComparer.Ordinal);
}
