using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Configuration;

namespace Redb.Grains.Planning;

/// <summary>What the services of a group are told about their node: its tenancy, and its place in the mesh (contract, sections 2.2 and 7). Pure.</summary>
internal static class NodeSettings
{
    private const string Mesh = "mesh";

    /// <summary>Settings for <c>initial_config.config</c>; what a service's own section says about tenancy wins.</summary>
    public static ImmutableDictionary<string, string> Config(
        RedbConfiguration configuration,
        ServiceConfiguration service,
        NodeIdentity identity
    )
    {
        var tenancy = configuration.MultiTenancy;
        var settings = Tenant(tenancy, identity)
            .ToImmutableDictionary(
                part => $"global.multi_tenancy.default_tenant_{part.Key}",
                part => part.Value,
                StringComparer.Ordinal
            )
            .Add("global.multi_tenancy.mode", tenancy.Mode)
            .SetItems(service.Config);
        return service.Name != Mesh || identity.NodeId == 0
            ? settings
            : settings
                .SetItem("services.mesh.node_id", Text(identity.NodeId))
                .SetItem("services.mesh.routing_id", Text(identity.NodeId))
                .SetItem("services.mesh.mesh_id", MeshOf(identity));
    }

    /// <summary>Environment variables.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Environment(
        RedbConfiguration configuration,
        ServiceConfiguration service,
        NodeIdentity identity
    )
    {
        foreach (var (part, value) in Tenant(configuration.MultiTenancy, identity))
        {
            yield return new($"REDB_DEFAULT_TENANT_{part.ToUpperInvariant()}", value);
        }

        if (service.Name == Mesh && identity.NodeId != 0)
        {
            yield return new("MESH_NODE_ID", Text(identity.NodeId));
            yield return new("MESH_ROUTING_ID", Text(identity.NodeId));
            yield return new("MESH_MESH_ID", MeshOf(identity));
        }
    }

    // A multi-tenant node has no tenant to fall back to.
    private static IEnumerable<KeyValuePair<string, string>> Tenant(
        MultiTenancyConfiguration tenancy,
        NodeIdentity identity
    ) =>
        tenancy.IsSingle
            ?
            [
                new("id", identity.TenantId ?? tenancy.DefaultTenantId),
                new("name", identity.TenantName ?? tenancy.DefaultTenantName),
                new("url", tenancy.DefaultTenantUrl),
            ]
            : [];

    private static string MeshOf(NodeIdentity identity) =>
        identity.MeshId is { } mesh ? Text(mesh) : NodeIdentity.CleanNode;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
