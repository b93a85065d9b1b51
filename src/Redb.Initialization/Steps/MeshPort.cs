using System.Globalization;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;

namespace Redb.Initialization.Steps;

/// <summary>The port on which peers reach a node's mesh service.</summary>
internal static class MeshPort
{
    private static readonly string[] Settings = ["services.mesh.external_port", "external_port"];

    /// <summary>As the contract looks it up (2.2): the field, two settings, else the port everybody knows; moved by the group's offset.</summary>
    public static int Of(RedbConfiguration configuration)
    {
        var mesh = configuration.Services.FirstOrDefault(service => service.Name == "mesh");
        var port =
            mesh is { ExternalPort: > 0 } ? mesh.ExternalPort
            : Settings.Select(name => Read(mesh, name)).FirstOrDefault(found => found > 0) is > 0 and var written
                ? written
            : PortTable.MeshExternal;
        return ServicePorts.External(port, configuration.InstanceGroup);
    }

    private static int Read(ServiceConfiguration? mesh, string name) =>
        int.TryParse(mesh?.Config.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var port)
        && PortTable.IsPort(port)
            ? port
            : 0;
}
