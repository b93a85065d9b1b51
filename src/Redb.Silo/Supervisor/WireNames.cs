using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Redb.Abstractions.Services;
using Redb.Protocol.Common;
using Wire = Redb.Protocol.Supervisor;

namespace Redb.Silo.Supervisor;

/// <summary>Translates between the wire's messages and ours, both ways.</summary>
internal static class WireNames
{
    public static Registration ToRegistration(this ServiceInfo info) =>
        new()
        {
            Name = info.Name,
            Version = info.Version,
            InstanceId = info.InstanceId,
            Host = info.Host,
            Port = info.Port,
            Metadata = info.Metadata.ToImmutableDictionary(StringComparer.Ordinal),
        };

    public static Wire.ServiceConfiguration ToWire(this Grains.Services.InitialConfiguration initial)
    {
        var wire = new Wire.ServiceConfiguration();
        wire.Config.Add(initial.Config);
        wire.Environment.Add(initial.Environment);
        if (initial.MaxMemoryMb > 0 || initial.MaxCpuPercent > 0)
        {
            wire.ResourceLimits = new() { MaxMemoryMb = initial.MaxMemoryMb, MaxCpuPercent = initial.MaxCpuPercent };
        }

        return wire;
    }

    public static ServiceMetrics? ToMetrics(this Wire.ServiceMetrics? wire) =>
        wire is null
            ? null
            : new(
                wire.MemoryUsageBytes,
                wire.CpuUsagePercent,
                wire.Goroutines,
                wire.CustomMetrics.Count == 0
                    ? ImmutableDictionary<string, long>.Empty
                    : wire.CustomMetrics.Take(WireLimits.Entries).ToImmutableDictionary(StringComparer.Ordinal)
            );

    // The numbers are the same on both sides; one we do not know says nothing.
    public static ServiceHealth ToHealth(this HealthStatus wire) =>
        System.Enum.IsDefined((ServiceHealth)wire) ? (ServiceHealth)wire : ServiceHealth.Unknown;

    /// <summary>How a service is, for old clients: a dead one is never shown healthy (fault 2).</summary>
    public static HealthStatus ToWireHealth(this ServiceView view) =>
        view.Phase switch
        {
            ServicePhase.Ready => HealthStatus.Healthy,
            ServicePhase.Degraded => HealthStatus.Degraded,
            ServicePhase.Starting or ServicePhase.Running or ServicePhase.Pending => HealthStatus.Starting,
            ServicePhase.Stopping => HealthStatus.Stopping,
            ServicePhase.Unhealthy or ServicePhase.BackingOff or ServicePhase.CrashLoop or ServicePhase.Failed =>
                HealthStatus.Unhealthy,
            _ => HealthStatus.Unspecified,
        };

    public static ServiceState ToWireState(this ServicePhase phase) =>
        phase switch
        {
            ServicePhase.Ready or ServicePhase.Degraded or ServicePhase.Unhealthy => ServiceState.Running,
            ServicePhase.Starting or ServicePhase.Running or ServicePhase.Pending or ServicePhase.BackingOff =>
                ServiceState.Starting,
            ServicePhase.Stopping => ServiceState.Stopping,
            ServicePhase.CrashLoop or ServicePhase.Failed => ServiceState.Error,
            _ => ServiceState.Stopped,
        };

    public static Wire.ServiceStatus ToWire(this ServiceView view)
    {
        var registration = view.Registration;
        var info = new ServiceInfo
        {
            Name = view.Name,
            Version = registration?.Version ?? "",
            InstanceId = registration?.InstanceId ?? "",
            Host = registration?.Host ?? "",
            Port = view.Port ?? registration?.Port ?? 0,
        };
        info.Metadata.Add(registration?.Metadata ?? ImmutableDictionary<string, string>.Empty);
        // The wire has no field for these; metadata is where old clients do not mind them.
        info.Metadata["redb.phase"] = view.Phase.ToString();
        info.Metadata["redb.reason"] = view.Reason;
        info.Metadata["redb.service_id"] = view.ServiceId ?? view.Name;
        var status = new Wire.ServiceStatus
        {
            Info = info,
            State = view.Phase.ToWireState(),
            Health = view.ToWireHealth(),
            StartedAt = view.StartedAt?.ToTimestamp(),
            LastHeartbeat = view.LastHeartbeat?.ToTimestamp(),
        };
        if (view.Metrics is { } metrics)
        {
            status.Metrics = new()
            {
                MemoryUsageBytes = metrics.MemoryBytes,
                CpuUsagePercent = metrics.CpuPercent,
                Goroutines = metrics.Goroutines,
            };
            status.Metrics.CustomMetrics.Add(metrics.Custom);
        }

        return status;
    }
}
