using Redb.Abstractions.Services;

namespace Redb.Grains.Probes;

/// <summary>News about how a run is doing.</summary>
internal abstract record ProbeInput
{
    private ProbeInput() { }

    /// <summary>The run's process exists.</summary>
    public sealed record Began : ProbeInput;

    /// <summary>The run was launched by an earlier supervisor, which left it in <paramref name="Phase"/>.</summary>
    public sealed record Resumed(ServicePhase Phase) : ProbeInput;

    /// <summary>The service said how it is.</summary>
    public sealed record Heartbeat(ServiceHealth Health) : ProbeInput;

    /// <summary>The run said READY=1.</summary>
    public sealed record Notified : ProbeInput;

    /// <summary>An attempt that was asked for has its result.</summary>
    public sealed record Attempted(ProbeRole Role, ProbeResult Result) : ProbeInput;

    /// <summary>The time for starting up is over.</summary>
    public sealed record StartupDue : ProbeInput;

    /// <summary>Time to see how long the service has been silent.</summary>
    public sealed record SilenceDue : ProbeInput;
}
