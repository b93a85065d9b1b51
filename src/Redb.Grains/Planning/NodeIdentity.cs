namespace Redb.Grains.Planning;

/// <summary>Who a group is to its services: its mesh node, and its tenant.</summary>
internal sealed record NodeIdentity
{
    /// <summary>What stands for a mesh in its services' settings as long as the node is in none (contract, section 7).</summary>
    public const string CleanNode = "clean-node";

    /// <summary>Mesh node id; 0 while the node is not initialized: then its mesh service is told nothing.</summary>
    public long NodeId { get; init; }

    /// <summary>The mesh it belongs to; null for none.</summary>
    public long? MeshId { get; init; }

    /// <summary>Id of its tenant as its database has it; null for the one that is configured.</summary>
    public string? TenantId { get; init; }

    /// <summary>The name of that tenant; null for the one that is configured.</summary>
    public string? TenantName { get; init; }
}
