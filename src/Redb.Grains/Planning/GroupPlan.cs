using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Grains.Mesh;

namespace Redb.Grains.Planning;

/// <summary>One instance group as it will be run.</summary>
internal sealed record GroupPlan
{
    public required GroupKey Key { get; init; }

    public required int PortOffset { get; init; }

    /// <summary>Numeric address its supervisor's gRPC listener binds to.</summary>
    public required string ListenAddress { get; init; }

    /// <summary>Port of that listener, offset included.</summary>
    public required int ListenPort { get; init; }

    /// <summary>Longest time a stop of the whole group may take.</summary>
    public required TimeSpan ShutdownTimeout { get; init; }

    /// <summary>A program that registered without being configured is forgotten after this long without a heartbeat.</summary>
    public required TimeSpan HeartbeatTimeout { get; init; }

    /// <summary>Its mesh node; null without an enabled mesh service.</summary>
    public MeshPlan? Mesh { get; init; }

    /// <summary>Every configured service, disabled ones too, in the order of the file.</summary>
    public required ImmutableArray<ServicePlan> Services { get; init; }

    /// <summary>Where that listener is, for people: <c>127.0.0.1:50000</c>, <c>[::1]:50000</c>.</summary>
    public string Endpoint =>
        ListenAddress.Contains(':', StringComparison.Ordinal)
            ? $"[{ListenAddress}]:{ListenPort}"
            : $"{ListenAddress}:{ListenPort}";

    /// <summary>The enabled services and who needs whom.</summary>
    public DependencyGraph ToGraph() =>
        new(
            Services
                .Where(service => service.Configuration.Enabled)
                .Select(service => new DependencyGraph.Node(
                    service.Key.Service,
                    service.Configuration.Required,
                    service.Configuration.Dependencies
                ))
        );
}
