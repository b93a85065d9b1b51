using Redb.Abstractions.Mesh;

namespace Redb.Grains.Mesh;

/// <summary>One change of a mesh.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="NodeId">The node it is about.</param>
/// <param name="Node">As it is now; null for a node that left.</param>
internal readonly record struct MeshChange(long Revision, ulong NodeId, MeshNode? Node);
