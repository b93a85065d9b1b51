namespace Redb.Abstractions.Mesh;

/// <summary>Where the session of a mesh node with one of its peers is.</summary>
/// <remarks>Sent between silos: append, never renumber.</remarks>
public enum MeshLinkPhase
{
    /// <summary>There is no session; the reason says what it waits for.</summary>
    Waiting = 0,

    /// <summary>The mesh has been asked for one.</summary>
    Connecting = 1,

    /// <summary>The mesh says that it stands.</summary>
    Connected = 2,
}
