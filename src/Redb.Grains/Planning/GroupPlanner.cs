using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Grains.Mesh;

namespace Redb.Grains.Planning;

/// <summary>Turns a valid configuration into what will be run. Pure.</summary>
/// <param name="host">Name of this host.</param>
/// <param name="workingDirectory">The supervisor's own working directory, absolute: relative paths of services mean it.</param>
internal sealed class GroupPlanner(string host, string workingDirectory)
{
    public GroupPlan Plan(RedbConfiguration configuration) => Plan(configuration, new());

    /// <summary>Plans a group.</summary>
    /// <param name="configuration">What is configured.</param>
    /// <param name="identity">What its services are told about their node.</param>
    public GroupPlan Plan(RedbConfiguration configuration, NodeIdentity identity)
    {
        var group = configuration.InstanceGroup;
        var key = new GroupKey(host, group.GroupId);
        ImmutableArray<ServicePlan> services =
        [
            .. configuration.Services.Select(service => Plan(configuration, key, service, identity)),
        ];
        return new()
        {
            Key = key,
            PortOffset = group.PortOffset,
            ListenAddress = configuration.Supervisor.BindAddress,
            ListenPort = configuration.Supervisor.Port + group.PortOffset,
            ShutdownTimeout = configuration.Supervisor.ShutdownTimeout,
            HeartbeatTimeout = configuration.Supervisor.HeartbeatTimeout,
            Mesh = MeshPlan.Of(configuration, services),
            Services = services,
        };
    }

    private ServicePlan Plan(
        RedbConfiguration configuration,
        GroupKey key,
        ServiceConfiguration service,
        NodeIdentity identity
    )
    {
        var group = configuration.InstanceGroup;
        var grpc = ServicePorts.Grpc(service, group);
        return new()
        {
            Key = key.ToService(service.Name),
            Configuration = service,
            Group = group,
            Host = ReachableHost(grpc?.Host ?? ""),
            Port = grpc?.Port,
            LogRotation = RotationOf(service.Log, configuration.Logging),
            InitialConfig = NodeSettings
                .Config(configuration, service, identity)
                .SetItem("instance_group.group_id", group.GroupId)
                .SetItem("instance_group.port_offset", group.PortOffset.ToString(CultureInfo.InvariantCulture)),
            Order = new()
            {
                Service = key.ToService(service.Name),
                Run = default,
                Executable = service.Executable,
                Arguments = ArgumentPorts.Shift(service.Arguments, group),
                Environment = EnvironmentOf(configuration, service, identity),
                WorkingDirectory = service.WorkingDirectory,
                LogFile = LogFileOf(configuration, service),
                Ports = [.. ServicePorts.Listening(service, group).Select(endpoint => endpoint.Port).Distinct()],
                Notify = service.Probes.Readiness.Kind == Abstractions.Probes.ProbeKind.Notify,
                Resources = service.Resources,
            },
        };
    }

    // A service that binds every interface is asked on loopback.
    private static string ReachableHost(string host) =>
        host switch
        {
            "" or "0.0.0.0" => "127.0.0.1",
            "::" => "::1",
            _ => host,
        };

    /// <summary>Rotation of a log that has no section of its own, as the supervisor's.</summary>
    public static LogRotationPlan RotationOf(LoggingConfiguration logging) => RotationOf(new(), logging);

    private static LogRotationPlan RotationOf(ServiceLogConfiguration log, LoggingConfiguration logging) =>
        new(
            (log.MaxSizeMb ?? logging.MaxSizeMb) * 1024 * 1024,
            log.RetentionDays ?? logging.RetentionDays,
            log.MaxFiles ?? logging.MaxFiles
        );

    private string LogFileOf(RedbConfiguration configuration, ServiceConfiguration service)
    {
        var data = configuration.Supervisor.DataDirectory;
        var path = service.Log.Path.Length > 0 ? service.Log.Path : $"{data}/logs/{service.Name}.log";
        return path.StartsWith('/') ? path : $"{workingDirectory.TrimEnd('/')}/{path}";
    }

    /// <summary>What is laid over the supervisor's own environment (contract, section 3); what a service's own section says wins.</summary>
    private static ImmutableDictionary<string, string?> EnvironmentOf(
        RedbConfiguration configuration,
        ServiceConfiguration service,
        NodeIdentity identity
    )
    {
        var group = configuration.InstanceGroup;
        var environment = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        SetUnlessEmpty("REDB_DATABASE_NAME", configuration.Database.Name);
        SetUnlessEmpty("REDB_DATABASE_USER", configuration.Database.User);
        SetUnlessEmpty("REDB_KEYRING_BACKEND", configuration.Keyring.Backend);
        SetUnlessEmpty("REDB_KEYRING_PATH", configuration.Keyring.Path);
        SetUnlessEmpty("REDB_KEYRING_PASSWORD", configuration.Keyring.MasterKey);
        SetUnlessEmpty("REDB_INSTANCE_GROUP_ID", group.GroupId);
        SetPort("EXTERNAL_PORT", service.ExternalPort);
        SetPort("REST_API_PORT", service.RestApiPort);

        if (MeshPlan.NodeIdOf(service) is { } node)
        {
            environment["MESH_NODE_ID"] = node;
            environment[MeshPlan.NodeVariable] = node;
        }

        foreach (var (name, value) in NodeSettings.Environment(configuration, service, identity))
        {
            environment[name] = value;
        }

        // These are the supervisor's own: the passwords of the administrator (fault 22) and of the cluster, and the socket of whoever supervises us.
        environment["REDB_POSTGRES_PASSWORD"] = null;
        environment["REDB_CLUSTER_PASSWORD"] = null;
        environment["NOTIFY_SOCKET"] = null;
        foreach (var (name, value) in service.Environment)
        {
            environment[name] = value;
        }

        return environment.ToImmutable();

        void SetUnlessEmpty(string name, string value)
        {
            if (value.Length > 0)
            {
                environment[name] = value;
            }
        }

        void SetPort(string name, int port)
        {
            if (ServicePorts.External(port, group) is > 0 and var moved)
            {
                environment[name] = moved.ToString(CultureInfo.InvariantCulture);
            }
        }
    }
}
