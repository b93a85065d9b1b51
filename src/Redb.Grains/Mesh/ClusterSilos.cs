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

    /// <summary>Whether the supervisor of a group is dead, and none has taken its place. One that was never seen may be a stranger, and is not lost.</summary>
    public bool HasLost(string host, string group) => Serves(Dead, host, group) && !Serves(Live, host, group);

    private static bool Serves(ImmutableArray<string> names, string host, string group) =>
        names.Any(name =>
            SiloIdentity.Parse(name) is { } silo
            && string.Equals(silo.Host, host, StringComparison.Ordinal)
            && silo.Serves(group)
        );
}
