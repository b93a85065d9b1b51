namespace Redb.Abstractions.Mesh;

/// <summary>What a group says of its mesh node.</summary>
/// <remarks>Sent between silos: append, never renumber.</remarks>
public enum MeshNodeState
{
    /// <summary>Its id and address are taken; its mesh service is not ready, so nobody connects.</summary>
    Claimed = 0,

    /// <summary>Peers can connect.</summary>
    Ready = 1,

    /// <summary>Its supervisor has left it running and is expected back.</summary>
    Away = 2,
}
