using System.Collections.Immutable;

namespace Redb.Abstractions.Mesh;

/// <summary>A mesh as the cluster knows it at one moment.</summary>
[GenerateSerializer, Immutable]
public sealed record MeshView
{
    /// <summary>Its name: <c>mesh.name</c> of its groups.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Names this life of the mesh's record; another one means that it was lost with a silo and is being told again.</summary>
    [Id(1)]
    public long Epoch { get; init; }

    /// <summary>Counts the changes within the epoch.</summary>
    [Id(2)]
    public long Revision { get; init; }

    /// <summary>Whether every group has had the time to announce itself since the epoch began.</summary>
    [Id(3)]
    public bool IsSettled { get; init; }

    /// <summary>Its nodes in the order of their ids.</summary>
    [Id(4)]
    public ImmutableArray<MeshNodeView> Nodes { get; init; } = [];

    /// <summary>Why groups were refused, each naming both holders.</summary>
    [Id(5)]
    public ImmutableArray<string> Conflicts { get; init; } = [];
}
