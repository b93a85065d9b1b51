namespace Redb.Abstractions.Mesh;

/// <summary>A node of a mesh and how old the news of it is.</summary>
/// <param name="Node">The node as it was last announced.</param>
/// <param name="Age">Time since its group was last heard.</param>
/// <param name="Since">When it came to be as it is.</param>
[GenerateSerializer, Immutable]
public sealed record MeshNodeView(
    [property: Id(0)] MeshNode Node,
    [property: Id(1)] TimeSpan Age,
    [property: Id(2)] DateTimeOffset Since
);
