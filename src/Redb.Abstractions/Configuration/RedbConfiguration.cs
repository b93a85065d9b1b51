using System.Collections.Immutable;

namespace Redb.Abstractions.Configuration;

/// <summary>One configuration file as it holds after defaults, environment and flags: one instance group.</summary>
/// <remarks>Ports are base ports, as written; <see cref="InstanceGroupConfiguration.PortOffset"/> is not yet added.</remarks>
public sealed record RedbConfiguration
{
    /// <summary>The file it was read from, as given; empty when it was not read from a file.</summary>
    public string File { get; init; } = "";

    /// <summary>How the supervisor itself behaves.</summary>
    public SupervisorConfiguration Supervisor { get; init; } = new();

    /// <summary>The product's database, passed on to the services.</summary>
    public DatabaseConfiguration Database { get; init; } = new();

    /// <summary>Logging of the supervisor, and defaults for the logs of services.</summary>
    public LoggingConfiguration Logging { get; init; } = new();

    /// <summary>Which distribution runs. Default <c>open-source</c>; shown in <c>version</c> and <c>status</c>.</summary>
    public string LicenseDistribution { get; init; } = "open-source";

    /// <summary>Single- or multi-tenant operation.</summary>
    public MultiTenancyConfiguration MultiTenancy { get; init; } = new();

    /// <summary>Where secrets live.</summary>
    public KeyringConfiguration Keyring { get; init; } = new();

    /// <summary>How long the initialization of the node may take.</summary>
    public InitializationConfiguration Initialization { get; init; } = new();

    /// <summary>Which instance this is on its host.</summary>
    public InstanceGroupConfiguration InstanceGroup { get; init; } = new();

    /// <summary>How supervisors find each other.</summary>
    public ClusterConfiguration Cluster { get; init; } = new();

    /// <summary>How its mesh node finds its peers.</summary>
    public MeshConfiguration Mesh { get; init; } = new();

    /// <summary>The services in the order of the file.</summary>
    public ImmutableArray<ServiceConfiguration> Services { get; init; } = [];
}
