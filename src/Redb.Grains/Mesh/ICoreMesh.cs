namespace Redb.Grains.Mesh;

/// <summary>Asks a group's core about its membership and changes it. Implemented by the silo; a fake in tests. Every call is bounded.</summary>
internal interface ICoreMesh
{
    /// <summary>Whether the node is in a mesh.</summary>
    /// <param name="endpoint">Where core serves gRPC, <c>host:port</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<MeshReply<MeshMembership>> GetMembershipAsync(string endpoint, CancellationToken cancellation);

    /// <summary>Begins a mesh with the node in it.</summary>
    Task<MeshReply<bool>> SeedAsync(string endpoint, string name, CancellationToken cancellation);

    /// <summary>Joins the mesh that a node is in; takes up to a minute and a quarter.</summary>
    /// <param name="endpoint">Where core serves gRPC.</param>
    /// <param name="target">Where that node listens for peers.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<MeshReply<bool>> JoinAsync(string endpoint, string target, CancellationToken cancellation);
}
