using Redb.Database.Failures;

namespace Redb.Database.Nodes;

/// <summary>Keeps the node's identity, its tenants and what it knows of the mesh. Everything can be asked for, and done, again and again.</summary>
public interface INodeStore : IAsyncDisposable
{
    /// <summary>Makes the tables that are missing.</summary>
    Task<DatabaseFailure?> EnsureSchemaAsync(CancellationToken token);

    /// <summary>What is missing of the tables; null when they are complete.</summary>
    Task<DatabaseFailure?> FindSchemaFaultAsync(CancellationToken token);

    /// <summary>This node; no node where it has not been written down yet.</summary>
    Task<Answer<Node?>> FindLocalNodeAsync(CancellationToken token);

    /// <summary>Writes this node down, all or nothing. One that is there already stays as it is and is returned.</summary>
    Task<Answer<Node>> EnsureLocalNodeAsync(NewNode node, CancellationToken token);

    /// <summary>Corrects where this node's mesh service listens.</summary>
    Task<DatabaseFailure?> UpdateAddressAsync(string ipAddress, int port, CancellationToken token);

    /// <summary>What the mesh service is told; nothing where the node has not been written down yet.</summary>
    Task<Answer<MeshIdentity?>> FindMeshIdentityAsync(CancellationToken token);

    /// <summary>Every node that is known, by id.</summary>
    Task<Answer<IReadOnlyList<Node>>> ListNodesAsync(CancellationToken token);

    /// <summary>The tenant with a URL; none where there is none.</summary>
    Task<Answer<Tenant?>> FindTenantAsync(string url, CancellationToken token);

    /// <summary>Every tenant, by name.</summary>
    Task<Answer<IReadOnlyList<Tenant>>> ListTenantsAsync(CancellationToken token);

    /// <summary>Makes a tenant. One with that URL that is there already stays as it is and is returned.</summary>
    Task<Answer<TenantCreation>> EnsureTenantAsync(NewTenant tenant, CancellationToken token);
}
