namespace Redb.Abstractions.Probes;

/// <summary>The three probes of a service.</summary>
/// <remarks>
/// Where a key is absent: readiness is <see cref="ProbeKind.Heartbeat"/>; startup asks what readiness asks, every second, 60 times;
/// liveness is <see cref="ProbeKind.Heartbeat"/> for a service whose readiness is, else <see cref="ProbeKind.None"/>.
/// </remarks>
public sealed record ProbeSet
{
    /// <summary>Passes once per run. Failing ends the run, which goes through the restart policy.</summary>
    public ProbeConfiguration Startup { get; init; } =
        new() { Interval = TimeSpan.FromSeconds(1), FailureThreshold = 60 };

    /// <summary>Says whether dependents may start. Failing shows Unhealthy and restarts nothing.</summary>
    public ProbeConfiguration Readiness { get; init; } = new();

    /// <summary>Failing ends the run, which goes through the restart policy.</summary>
    public ProbeConfiguration Liveness { get; init; } = new();
}
