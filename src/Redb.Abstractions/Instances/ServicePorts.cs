using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Probes;

namespace Redb.Abstractions.Instances;

/// <summary>The ports of one configured service once its group's offset is added.</summary>
public static class ServicePorts
{
    /// <summary>The sockets the service will listen on, the gRPC port first.</summary>
    /// <remarks>
    /// <c>external_port</c> counts as a socket only where nothing else says what is bound: beside <c>--listen</c> it is the
    /// number announced to peers, and beside <c>rest_api_port</c> the services ignore it.
    /// </remarks>
    public static ImmutableArray<PlannedEndpoint> Listening(
        ServiceConfiguration service,
        InstanceGroupConfiguration group
    )
    {
        var arguments = ArgumentPorts.Find(service.Arguments);
        var endpoints = ImmutableArray.CreateBuilder<PlannedEndpoint>();
        foreach (var port in arguments.Where(static port => port.Listens).OrderBy(static port => port.External))
        {
            // A mesh may be told its gRPC port twice, by --grpc-bind and by --port.
            if (!endpoints.Any(known => known.BasePort == port.Port && !port.External))
            {
                endpoints.Add(new($"args[{port.Element}]", port.Host, port.Port, port.Port + port.OffsetIn(group)));
            }
        }

        if (service.RestApiPort > 0)
        {
            endpoints.Add(new("rest_api_port", "", service.RestApiPort, External(service.RestApiPort, group)));
        }
        else if (service.ExternalPort > 0 && !arguments.Any(static port => port.External))
        {
            endpoints.Add(new("external_port", "", service.ExternalPort, External(service.ExternalPort, group)));
        }

        return endpoints.ToImmutable();
    }

    /// <summary>Where the service's gRPC server listens; null when its arguments do not say.</summary>
    public static PlannedEndpoint? Grpc(ServiceConfiguration service, InstanceGroupConfiguration group)
    {
        var port = ArgumentPorts
            .Find(service.Arguments)
            .FirstOrDefault(static port => port is { Listens: true, External: false });
        return port is null
            ? null
            : new($"args[{port.Element}]", port.Host, port.Port, port.Port + port.OffsetIn(group));
    }

    /// <summary>A port that others reach (<c>external_port</c>, <c>rest_api_port</c>), moved where the group moves such ports.</summary>
    /// <returns>0 when there is none.</returns>
    public static int External(int basePort, InstanceGroupConfiguration group) =>
        basePort <= 0 ? 0
        : group.OffsetExternalPorts ? basePort + group.PortOffset
        : basePort;

    /// <summary>
    /// The port peers dial to reach a mesh: <c>external_port</c>, else its config's <c>services.mesh.external_port</c>, else
    /// <c>external_port</c>, else 10001; moved where the group moves such ports.
    /// </summary>
    public static int Announced(ServiceConfiguration mesh, InstanceGroupConfiguration group)
    {
        if (mesh.ExternalPort > 0)
        {
            return External(mesh.ExternalPort, group);
        }

        foreach (var key in (ReadOnlySpan<string>)["services.mesh.external_port", "external_port"])
        {
            if (
                mesh.Config.TryGetValue(key, out var text)
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                && PortTable.IsPort(port)
            )
            {
                return External(port, group);
            }
        }

        return External(PortTable.MeshExternal, group);
    }

    /// <summary>The port a probe asks, offset added; 0 when neither the probe nor the service's arguments name one.</summary>
    public static int Probed(ProbeConfiguration probe, ServiceConfiguration service, InstanceGroupConfiguration group)
    {
        if (probe.Port == 0)
        {
            return Grpc(service, group)?.Port ?? 0;
        }

        // A port the service listens on moves as that socket does, whether or not external ports move in this group.
        return Listening(service, group).FirstOrDefault(endpoint => endpoint.BasePort == probe.Port)?.Port
            ?? probe.Port + group.PortOffset;
    }
}
