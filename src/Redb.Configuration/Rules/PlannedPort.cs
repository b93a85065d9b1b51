using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Rules;

/// <summary>A socket somebody in a file will open, and the path that says so.</summary>
internal sealed record PlannedPort(string Path, PlannedEndpoint Endpoint)
{
    public const string SupervisorPath = "supervisor.port";

    /// <summary>Every socket of a group, the supervisor's first.</summary>
    public static IEnumerable<PlannedPort> Of(RedbConfiguration configuration)
    {
        var (supervisor, group) = (configuration.Supervisor, configuration.InstanceGroup);
        yield return new(
            SupervisorPath,
            new("port", supervisor.BindAddress, supervisor.Port, supervisor.Port + group.PortOffset)
        );
        foreach (var service in configuration.Services.Where(static service => service.Enabled))
        {
            foreach (var endpoint in ServicePorts.Listening(service, group))
            {
                yield return new($"{Wording.Join("services", service.Name)}.{endpoint.Source}", endpoint);
            }
        }
    }

    /// <summary><c>51055 (50055 + offset 1000)</c>.</summary>
    public override string ToString()
    {
        var (basePort, port) = (Endpoint.BasePort, Endpoint.Port);
        return port == basePort ? $"{port}"
            : port > basePort ? $"{port} ({basePort} + offset {port - basePort})"
            : $"{port} ({basePort} - offset {basePort - port})";
    }
}
