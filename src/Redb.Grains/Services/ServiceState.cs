using Redb.Abstractions.Services;

namespace Redb.Grains.Services;

/// <summary>Everything the supervisor remembers to decide about one service.</summary>
internal sealed record ServiceState
{
    public static readonly ServiceState Initial = new();

    public static readonly ServiceState Disabled = new()
    {
        Phase = ServicePhase.Disabled,
        Reason = "disabled in the configuration",
    };

    public ServicePhase Phase { get; init; } = ServicePhase.Stopped;

    public Wanted Wanted { get; init; } = Wanted.Down;

    /// <summary>Why it is in its phase, for people.</summary>
    public string Reason { get; init; } = "";

    public Moment Since { get; init; }

    /// <summary>The current run, or the last one if no process is up.</summary>
    public RunId Run { get; init; }

    public int? Pid { get; init; }

    /// <summary>When the current run was launched.</summary>
    public Moment StartedAt { get; init; }

    /// <summary>When the current run was first ready.</summary>
    public Moment? ReadyAt { get; init; }

    /// <summary>Whether the current run can be asked to stop by RPC: it has registered.</summary>
    public bool HasController { get; init; }

    /// <summary>Consecutive failures, counted against the restart policy.</summary>
    public int Failures { get; init; }

    /// <summary>Restarts since the last start by request.</summary>
    public int Restarts { get; init; }

    public DateTimeOffset? RestartDue { get; init; }

    public RunExit? LastExit { get; init; }

    public Gate Gate { get; init; } = Gate.Unknown;

    public StopRung Rung { get; init; } = StopRung.None;

    /// <summary>How long each polite rung of the present stop may take, when the request said so.</summary>
    public TimeSpan? StopGrace { get; init; }
}
