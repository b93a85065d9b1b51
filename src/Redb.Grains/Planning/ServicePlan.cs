using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Probes;
using Redb.Grains.Services;

namespace Redb.Grains.Planning;

/// <summary>One service as it will be run: its configuration with the group's offset, folders and environment worked in.</summary>
internal sealed record ServicePlan
{
    public required ServiceKey Key { get; init; }

    public required ServiceConfiguration Configuration { get; init; }

    /// <summary>What its launcher is told; the run is filled in at each launch.</summary>
    public required LaunchOrder Order { get; init; }

    /// <summary>Where its own listener will be: numeric or <c>localhost</c>; probes and its controller are asked there.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port of its own listener, offset included; null when its arguments name none.</summary>
    public int? Port { get; init; }

    /// <summary>The group it belongs to: how far its ports are moved.</summary>
    public InstanceGroupConfiguration Group { get; init; } = new();

    /// <summary>When its log is rotated, and what is kept.</summary>
    public LogRotationPlan LogRotation { get; init; } = new(0, 0, 1);

    /// <summary>Sent as <c>initial_config.config</c>.</summary>
    public ImmutableDictionary<string, string> InitialConfig { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The port one of its probes asks; 0 when nothing names one.</summary>
    public int PortOf(ProbeConfiguration probe) => ServicePorts.Probed(probe, Configuration, Group);

    /// <summary>The rules its machine works by.</summary>
    public ServicePolicy ToPolicy() => new(Configuration.Restart, Configuration.Stop);
}
