using System.Collections.Immutable;
using Redb.Abstractions.Mesh;

namespace Redb.Grains.Mesh;

/// <summary>What one group knows of its mesh.</summary>
internal sealed record PeerState
{
    public long Epoch { get; init; }

    public long Revision { get; init; } = -1;

    /// <summary>Every node, the group's own too.</summary>
    public ImmutableDictionary<ulong, MeshNode> Nodes { get; init; } = ImmutableDictionary<ulong, MeshNode>.Empty;

    /// <summary>Nodes of an earlier epoch that the present one has not named yet: its record was lost, and is being told again.</summary>
    public ImmutableHashSet<ulong> Unconfirmed { get; init; } = [];
}
