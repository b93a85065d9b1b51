using Redb.Grains.Instances;

namespace Redb.Grains.Mesh;

/// <summary>What a mesh node acts on, and where it says what it did.</summary>
internal sealed record MeshWorld(IMeshControl Control, ICoreMesh Core, PeerSettings Settings, EventLogs Events);
