using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Rules;

/// <summary>Every port of a group is a port before and after the offset, and nobody else's.</summary>
internal static class PortRules
{
    public static void Check(RedbConfiguration configuration, ReadContext context)
    {
        var group = configuration.InstanceGroup;
        CheckRange(PlannedPort.SupervisorPath, configuration.Supervisor.Port, group.PortOffset, context);
        foreach (var service in configuration.Services.Where(static service => service.Enabled))
        {
            CheckService(service, configuration, context);
        }

        CheckCollisions(configuration, context);
    }

    private static void CheckService(ServiceConfiguration service, RedbConfiguration configuration, ReadContext context)
    {
        var group = configuration.InstanceGroup;
        var path = Wording.Join("services", service.Name);
        CheckArguments(service, path, configuration, context);
        CheckExternal(service.ExternalPort, $"{path}.external_port", group, context);
        CheckExternal(service.RestApiPort, $"{path}.rest_api_port", group, context);
        CheckProbe(service, service.Probes.Startup, $"{path}.probes.startup.port", group, context);
        CheckProbe(service, service.Probes.Readiness, $"{path}.probes.readiness.port", group, context);
        CheckProbe(service, service.Probes.Liveness, $"{path}.probes.liveness.port", group, context);
    }

    private static void CheckArguments(
        ServiceConfiguration service,
        string path,
        RedbConfiguration configuration,
        ReadContext context
    )
    {
        var supervisor = configuration.Supervisor.Port;
        foreach (var port in ArgumentPorts.Find(service.Arguments))
        {
            var argument = $"{path}.args[{port.Element}]";
            CheckRange(argument, port.Port, port.OffsetIn(configuration.InstanceGroup), context);
            if (port is { Listens: false, Host: "localhost" or "127.0.0.1" } && port.Port != supervisor)
            {
                context.Warning(
                    argument,
                    $"names port {port.Port}, but the supervisor's (supervisor.port) is {supervisor}"
                );
            }
        }
    }

    private static void CheckExternal(int port, string path, InstanceGroupConfiguration group, ReadContext context)
    {
        if (port > 0)
        {
            CheckRange(path, port, ServicePorts.External(port, group) - port, context);
        }
    }

    private static void CheckProbe(
        ServiceConfiguration service,
        Abstractions.Probes.ProbeConfiguration probe,
        string path,
        InstanceGroupConfiguration group,
        ReadContext context
    )
    {
        if (probe.Port > 0)
        {
            CheckRange(path, probe.Port, ServicePorts.Probed(probe, service, group) - probe.Port, context);
        }
    }

    private static void CheckRange(string path, int basePort, int offset, ReadContext context)
    {
        var moved = (long)basePort + offset;
        if (!PortTable.IsPort(basePort))
        {
            context.Error(path, $"port {basePort} must be {PortTable.Lowest} to {PortTable.Highest}");
        }
        else if (!PortTable.IsPort(moved))
        {
            context.Error(
                path,
                $"port {moved} must be {PortTable.Lowest} to {PortTable.Highest} (it is {basePort} with instance_group.port_offset {offset})"
            );
        }
    }

    private static void CheckCollisions(RedbConfiguration configuration, ReadContext context)
    {
        var claims = new PortClaims<PlannedPort>();
        foreach (
            var planned in PlannedPort
                .Of(configuration)
                .Where(static planned => PortTable.IsPort(planned.Endpoint.Port))
        )
        {
            if (claims.FindOther(planned.Endpoint) is { } taken)
            {
                context.Error(planned.Path, $"port {planned} is already used by {context.Locate(taken.Path)}");
            }

            claims.Add(planned.Endpoint, planned);
        }
    }
}
