using System.Globalization;

namespace Redb.Database.Nodes;

/// <summary>What a mesh service is told of itself when it is started.</summary>
/// <param name="NodeId">This node.</param>
/// <param name="MeshId">The first mesh it belongs to; null for a clean node.</param>
public sealed record MeshIdentity(long NodeId, long? MeshId)
{
    /// <summary>What stands in the place of a mesh id where there is none.</summary>
    public const string CleanNode = "clean-node";

    /// <summary>For <c>MESH_NODE_ID</c> and <c>MESH_ROUTING_ID</c>, which are the same number.</summary>
    public string NodeText => NodeId.ToString(CultureInfo.InvariantCulture);

    /// <summary>For <c>MESH_MESH_ID</c>.</summary>
    public string MeshText => MeshId?.ToString(CultureInfo.InvariantCulture) ?? CleanNode;
}
