using System.Collections.Immutable;

namespace Redb.Grains.Mesh;

/// <summary>Something that a mesh is told.</summary>
internal abstract record MeshInput
{
    private MeshInput() { }

    /// <summary>A group announces its node.</summary>
    public sealed record Announced(MeshAnnouncement Announcement) : MeshInput;

    /// <summary>A group takes its node away; its key.</summary>
    public sealed record Left(string Group) : MeshInput;

    /// <summary>The supervisors of these groups are known to be dead; their keys.</summary>
    public sealed record GroupsLost(ImmutableArray<string> Groups) : MeshInput;

    /// <summary>Time has passed.</summary>
    public sealed record Swept : MeshInput;
}
