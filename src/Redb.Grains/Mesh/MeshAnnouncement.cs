using Redb.Abstractions.Mesh;

namespace Redb.Grains.Mesh;

/// <summary>What a group tells its mesh of its node, again and again: a claim, a sign of life, and a question for news in one.</summary>
[GenerateSerializer, Immutable]
internal sealed record MeshAnnouncement
{
    [Id(0)]
    public required MeshNode Node { get; init; }

    /// <summary>How long it may be silent from now on before it has left.</summary>
    [Id(1)]
    public required TimeSpan Lease { get; init; }

    /// <summary>The epoch of what it knows; 0 for nothing.</summary>
    [Id(2)]
    public long Epoch { get; init; }

    /// <summary>The revision of what it knows; -1 for nothing.</summary>
    [Id(3)]
    public long Revision { get; init; } = -1;

    [Id(4)]
    public MeshMembership Membership { get; init; }

    /// <summary>Whether it wants to be told to seed or to join.</summary>
    [Id(5)]
    public bool WantsToJoin { get; init; }

    /// <summary>The group, in one piece.</summary>
    public string GroupKey() => $"{Node.Host}/{Node.Group}";
}
