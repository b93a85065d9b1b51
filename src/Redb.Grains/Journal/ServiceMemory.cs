using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Grains.Services;

namespace Redb.Grains.Journal;

/// <summary>What a service's grain remembers across supervisors. Times are the wall clock's: a monotonic one ends with its process.</summary>
internal sealed record ServiceMemory
{
    public Wanted Wanted { get; init; }

    public ServicePhase Phase { get; init; }

    /// <summary>Why it is in its phase, for people.</summary>
    public string Reason { get; init; } = "";

    public DateTimeOffset Since { get; init; }

    /// <summary>Number of the current run, or of the last one.</summary>
    public long Run { get; init; }

    /// <summary>The run's process; null while there is none, and between the intent to launch one and the fact.</summary>
    public RunIdentity? Process { get; init; }

    /// <summary>When the run was launched.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the run was first ready.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>Whether the run can be asked to stop by RPC.</summary>
    public bool HasController { get; init; }

    /// <summary>Consecutive failures, counted against the restart policy.</summary>
    public int Failures { get; init; }

    /// <summary>Restarts since the last start by request.</summary>
    public int Restarts { get; init; }

    public DateTimeOffset? RestartDue { get; init; }

    public RunExit? LastExit { get; init; }

    /// <summary>Where the run is on the stop ladder.</summary>
    public StopRung Rung { get; init; }

    /// <summary>How long each polite rung of the present stop may take, when the request said so.</summary>
    public TimeSpan? StopGrace { get; init; }

    /// <summary>Counts the starts and stops it has heard from its group.</summary>
    public long Command { get; init; }

    /// <summary>The id the run was given when it registered: all it will ever present.</summary>
    public string? ServiceId { get; init; }

    public Registration? Registration { get; init; }

    /// <summary>Settings in place of configured ones.</summary>
    public ImmutableDictionary<string, string> Overrides { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What is to be remembered of a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="process">The process of its run, if it has one.</param>
    public static ServiceMemory Of(ServiceState state, RunIdentity? process) =>
        new()
        {
            Wanted = state.Wanted,
            Phase = state.Phase,
            Reason = state.Reason,
            Since = state.Since.Wall,
            Run = state.Run.Value,
            Process = state.Pid is null ? null : process,
            StartedAt = state.StartedAt.Wall,
            ReadyAt = state.ReadyAt?.Wall,
            HasController = state.HasController,
            Failures = state.Failures,
            Restarts = state.Restarts,
            RestartDue = state.RestartDue,
            LastExit = state.LastExit,
            Rung = state.Rung,
            StopGrace = state.StopGrace,
        };

    /// <summary>The machine's state as its predecessor left it, on the clocks of this supervisor.</summary>
    public ServiceState ToState(Moment now) =>
        new()
        {
            Wanted = Wanted,
            Phase = Phase,
            Reason = Reason,
            Since = At(Since, now),
            Run = new(Run),
            StartedAt = At(StartedAt, now),
            ReadyAt = ReadyAt is { } ready ? At(ready, now) : null,
            HasController = HasController,
            Failures = Failures,
            Restarts = Restarts,
            RestartDue = RestartDue,
            LastExit = LastExit,
            Rung = Rung,
            StopGrace = StopGrace,
        };

    /// <summary>A past instant on both clocks of this supervisor.</summary>
    /// <remarks>What lies ahead by the wall's clock happened just now: the clock was set back meanwhile.</remarks>
    public static Moment At(DateTimeOffset wall, Moment now)
    {
        var ago = now.Wall - wall;
        return new(wall, now.Monotonic - (ago > TimeSpan.Zero ? ago : TimeSpan.Zero));
    }
}
