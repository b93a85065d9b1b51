using Redb.Abstractions.Services;
using Redb.Grains.Services;

namespace Redb.Grains.Probes;

/// <summary>What is remembered of the probes of one run.</summary>
internal sealed record ProbeState
{
    public RunId Run { get; init; }

    public Moment BeganAt { get; init; }

    /// <summary>Whether the startup probe has passed.</summary>
    public bool HasStarted { get; init; }

    /// <summary>Whether it has said READY=1.</summary>
    public bool WasNotified { get; init; }

    /// <summary>Whether it may have said READY=1 while no supervisor listened.</summary>
    public bool MayHaveNotified { get; init; }

    /// <summary>When the next timer for startup or silence is due: one that comes much later shows that it was the supervisor who stood still.</summary>
    public TimeSpan DueAt { get; init; }

    public ProbeCount Readiness { get; init; }

    public ProbeCount Liveness { get; init; }

    /// <summary>Whether the last verdict on readiness, without what the service says of itself, was a pass.</summary>
    public bool Answers { get; init; }

    /// <summary>When the run was last heard of.</summary>
    public Moment LastHeartbeat { get; init; }

    public ServiceHealth Health { get; init; } = ServiceHealth.Unknown;

    /// <summary>What the service's machine was last told: Running for not ready, Ready or Degraded.</summary>
    public ServicePhase Told { get; init; } = ServicePhase.Running;

    /// <summary>Why the last attempt of the startup probe failed.</summary>
    public string LastFailure { get; init; } = "";

    /// <summary>A probe failed for good; nothing more is asked of this run.</summary>
    public bool IsOver { get; init; }
}
