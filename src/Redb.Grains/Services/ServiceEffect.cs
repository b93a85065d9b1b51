using Redb.Abstractions.Services;

namespace Redb.Grains.Services;

/// <summary>Work the grain must do in the world after a step.</summary>
internal abstract record ServiceEffect
{
    private ServiceEffect() { }

    public sealed record Launch(RunId Run) : ServiceEffect;

    /// <summary>Begin to probe a run that was launched, or go on with one that was taken over in <paramref name="Phase"/>.</summary>
    public sealed record Probe(RunId Run, ServicePhase? Phase = null) : ServiceEffect;

    /// <summary>Ask the run's controller to stop it.</summary>
    public sealed record AskToStop(RunId Run, TimeSpan Grace) : ServiceEffect;

    /// <summary>Send a signal to the run's process group.</summary>
    public sealed record Signal(RunId Run, int Number) : ServiceEffect;

    /// <summary>Come back when a rung of the ladder has had its time; replaces an earlier one.</summary>
    public sealed record ScheduleRung(RunId Run, StopRung Rung, TimeSpan Delay) : ServiceEffect;

    /// <summary>Come back when the restart is due.</summary>
    public sealed record ScheduleRestart(RunId Run, TimeSpan Delay) : ServiceEffect;

    /// <summary>Forget the scheduled restart.</summary>
    public sealed record CancelRestart : ServiceEffect;

    /// <summary>The run is over: end its probes, forget its registration and its timers.</summary>
    public sealed record Forget(RunId Run) : ServiceEffect;
}
