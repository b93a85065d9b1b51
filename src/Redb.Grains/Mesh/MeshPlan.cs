using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Grains.Planning;

namespace Redb.Grains.Mesh;

/// <summary>What a group's mesh node needs to know of the group's plan.</summary>
/// <param name="Settings">The <c>mesh</c> section.</param>
/// <param name="Address">Where peers reach the node: <c>IP:port</c>.</param>
/// <param name="NodeId">The id that the mesh service will be given; null when nothing says it, and only the running mesh service will.</param>
internal sealed record MeshPlan(MeshConfiguration Settings, string Address, ulong? NodeId)
{
    /// <summary>The service that is the node.</summary>
    public const string MeshService = "mesh";

    /// <summary>The service that seeds and joins.</summary>
    public const string CoreService = "core";

    /// <summary>Where the mesh reads its id.</summary>
    public const string NodeVariable = "MESH_ROUTING_ID";

    /// <summary>Key under which services are told the peers: <c>ID@IP:PORT</c>, separated by commas.</summary>
    public const string PeersKey = "services.mesh.peers";

    /// <summary>The plan of a group; null without an enabled mesh service that peers can reach.</summary>
    /// <param name="configuration">The group as configured.</param>
    /// <param name="services">Its services as planned.</param>
    public static MeshPlan? Of(RedbConfiguration configuration, ImmutableArray<ServicePlan> services)
    {
        var mesh = services.FirstOrDefault(service => service.Configuration is { Name: MeshService, Enabled: true });
        if (mesh is null)
        {
            return null;
        }

        var address = configuration.Cluster.AdvertisedAddress;
        var host = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
        var port = ServicePorts.Announced(mesh.Configuration, configuration.InstanceGroup);
        return new(configuration.Mesh, $"{host}:{port}", GivenTo(mesh));
    }

    /// <summary>The node id that the configuration gives the mesh service; null for another service, and where it gives none.</summary>
    public static string? NodeIdOf(ServiceConfiguration service) =>
        service.Name is MeshService
            ? service.Config.GetValueOrDefault("services.mesh.routing_id")
                ?? service.Config.GetValueOrDefault("services.mesh.node_id")
            : null;

    // What its environment says: the real mesh believes nothing else.
    private static ulong? GivenTo(ServicePlan mesh) =>
        mesh.Order.Environment.TryGetValue(NodeVariable, out var text)
        && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && id > 0
            ? id
            : null;

    /// <summary>Where a service of a group is asked: <c>host:port</c>; null where its arguments do not say.</summary>
    public static string? EndpointOf(ServicePlan? service)
    {
        if (service?.Port is not { } port)
        {
            return null;
        }

        return service.Host.Contains(':', StringComparison.Ordinal)
            ? $"[{service.Host}]:{port}"
            : $"{service.Host}:{port}";
    }
}
