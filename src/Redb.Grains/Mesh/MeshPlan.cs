using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Grains.Planning;

namespace Redb.Grains.Mesh;

/// <summary>What a group's mesh node needs to know of the group's plan.</summary>
/// <param name="Settings">The <c>mesh</c> section.</param>
/// <param name="Address">Where peers reach the node: <c>IP:port</c>.</param>
internal sealed record MeshPlan(MeshConfiguration Settings, string Address)
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
    public static MeshPlan? Of(RedbConfiguration configuration)
    {
        var mesh = configuration.Services.FirstOrDefault(service => service is { Name: MeshService, Enabled: true });
        if (mesh is null)
        {
            return null;
        }

        var address = configuration.Cluster.AdvertisedAddress;
        var host = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
        return new(configuration.Mesh, $"{host}:{ServicePorts.Announced(mesh, configuration.InstanceGroup)}");
    }

    /// <summary>The node id that the configuration gives the mesh service; null for another service, and where it gives none.</summary>
    public static string? NodeIdOf(ServiceConfiguration service) =>
        service.Name is MeshService
            ? service.Config.GetValueOrDefault("services.mesh.routing_id")
                ?? service.Config.GetValueOrDefault("services.mesh.node_id")
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
