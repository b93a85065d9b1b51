namespace Redb.Abstractions.Services;

/// <summary>Where a service is in its life.</summary>
/// <remarks>Persisted and sent between silos: append new phases, never renumber.</remarks>
public enum ServicePhase
{
    /// <summary>Switched off in the configuration.</summary>
    Disabled = 0,

    /// <summary>Wanted, but something it needs is not there yet; the reason says what.</summary>
    Pending = 1,

    /// <summary>A process is up and has not yet passed its startup probe.</summary>
    Starting = 2,

    /// <summary>Started, not yet ready.</summary>
    Running = 3,

    /// <summary>Ready: dependents may start.</summary>
    Ready = 4,

    /// <summary>Ready, but the service itself says that something is wrong.</summary>
    Degraded = 5,

    /// <summary>Was ready, or should be alive, and a probe says that it is not.</summary>
    Unhealthy = 6,

    /// <summary>The process died; a restart is due at a known time.</summary>
    BackingOff = 7,

    /// <summary>Died too often; only an operator starts it again.</summary>
    CrashLoop = 8,

    /// <summary>On the stop ladder; the process may still be exiting.</summary>
    Stopping = 9,

    /// <summary>No process, and none wanted.</summary>
    Stopped = 10,

    /// <summary>Ended with an error, and its policy says not to restart it.</summary>
    Failed = 11,

    /// <summary>Its host is silent: the rest of the view is how it last was. Seen from other hosts only.</summary>
    Unknown = 12,
}
