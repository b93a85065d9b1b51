using Redb.Abstractions.Instances;

namespace Redb.Grains.Mesh;

/// <summary>Knows which mesh node a group is before its mesh service runs.</summary>
internal interface IMeshIdentities
{
    /// <summary>The id of a group's node; null when nothing says it, and only the running mesh service will.</summary>
    ValueTask<ulong?> FindAsync(GroupKey group, CancellationToken cancellation);
}
