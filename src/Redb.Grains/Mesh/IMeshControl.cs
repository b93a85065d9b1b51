namespace Redb.Grains.Mesh;

/// <summary>Asks a mesh service for its sessions and changes them. Implemented by the silo; a fake in tests. Every call is bounded, and what goes wrong is a value.</summary>
internal interface IMeshControl
{
    /// <summary>The id of the node that answers.</summary>
    /// <param name="endpoint">Where the mesh service serves gRPC, <c>host:port</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<MeshReply<ulong>> IdentifyAsync(string endpoint, CancellationToken cancellation);

    /// <summary>The nodes it has sessions with.</summary>
    Task<MeshReply<IReadOnlyCollection<ulong>>> ListAsync(string endpoint, CancellationToken cancellation);

    /// <summary>Has a session made.</summary>
    /// <param name="endpoint">Where the mesh service serves gRPC.</param>
    /// <param name="address">Where the peer listens: numeric <c>IP:port</c>.</param>
    /// <param name="timeout">How long it may take; whole seconds, at least one.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<AddResult> AddAsync(string endpoint, string address, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>Has the session with a node ended; one that there is not is all right.</summary>
    Task<MeshReply<bool>> DropAsync(string endpoint, ulong node, CancellationToken cancellation);
}
