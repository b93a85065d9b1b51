using Redb.Abstractions.Mesh;
using Redb.Grains.Services;

namespace Redb.Grains.Mesh;

/// <summary>A node that a mesh has taken in.</summary>
/// <param name="Node">As its group announced it last.</param>
/// <param name="Since">When it came to be as it is.</param>
/// <param name="HeardAt">When its group was last heard, on the monotonic clock.</param>
/// <param name="ExpiresAt">When it has left unless it is heard before.</param>
/// <param name="Membership">What its core says.</param>
internal sealed record MeshMember(
    MeshNode Node,
    Moment Since,
    TimeSpan HeardAt,
    TimeSpan ExpiresAt,
    MeshMembership Membership
);
