using System.Collections.Immutable;

namespace Redb.Abstractions.Mesh;

/// <summary>The mesh node of one group, its peers and its sessions.</summary>
[GenerateSerializer, Immutable]
public sealed record MeshLinksView
{
    /// <summary>Name of its host.</summary>
    [Id(0)]
    public required string Host { get; init; }

    /// <summary>Its group.</summary>
    [Id(1)]
    public required string Group { get; init; }

    /// <summary>The mesh it belongs to: <c>mesh.name</c>.</summary>
    [Id(2)]
    public string Mesh { get; init; } = "";

    /// <summary>The node as it is announced; null while its id is not known, or without a mesh service.</summary>
    [Id(3)]
    public MeshNode? Own { get; init; }

    /// <summary>What keeps it from taking part as it should, for people; empty when nothing does.</summary>
    [Id(4)]
    public string Trouble { get; init; } = "";

    /// <summary>The peers it wants sessions with, in the order of their ids.</summary>
    [Id(5)]
    public ImmutableArray<MeshLinkView> Links { get; init; } = [];

    /// <summary>Nodes it has sessions with that are no peers: made by hand, or left and not yet dropped.</summary>
    [Id(6)]
    public ImmutableArray<ulong> Others { get; init; } = [];
}
