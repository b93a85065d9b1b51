using System.Collections.Immutable;
using Redb.Abstractions.Mesh;

namespace Redb.Grains.Mesh;

/// <summary>What changed in a mesh between two revisions, or all of it.</summary>
[GenerateSerializer, Immutable]
internal sealed record MeshNews
{
    /// <summary>The life of the mesh's record that the revisions belong to.</summary>
    [Id(0)]
    public required long Epoch { get; init; }

    /// <summary>Who knows everything up to here is told everything up to <see cref="To"/>; -1 for who knows nothing.</summary>
    [Id(1)]
    public required long From { get; init; }

    [Id(2)]
    public required long To { get; init; }

    /// <summary>Nodes that came or changed.</summary>
    [Id(3)]
    public ImmutableArray<MeshNode> Nodes { get; init; } = [];

    /// <summary>Ids of nodes that left.</summary>
    [Id(4)]
    public ImmutableArray<ulong> Left { get; init; } = [];

    /// <summary>Whether every group has had the time to announce itself: only then who is not in it has left.</summary>
    [Id(5)]
    public bool IsSettled { get; init; }

    /// <summary>Whether it is all there is, and not a difference.</summary>
    public bool IsWhole => From < 0;
}
