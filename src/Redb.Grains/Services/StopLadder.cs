using Redb.Abstractions.Services;
using static Redb.Abstractions.Services.ServicePhase;
using static Redb.Grains.Services.ServiceEffect;

namespace Redb.Grains.Services;

/// <summary>The stop ladder: how a run is brought to its end, rung by rung. A part of <see cref="ServiceMachine"/>, and as pure.</summary>
internal static class StopLadder
{
    /// <summary>Steps onto the ladder at the gentlest rung that can work.</summary>
    public static ServiceStep Descend(ServiceState state, Moment now, ServicePolicy policy)
    {
        var gentlest = state.HasController ? StopRung.Controller : StopRung.Signal;
        var rung = state.Rung == StopRung.None ? gentlest : state.Rung;
        var stopping = state with
        {
            Phase = Stopping,
            Since = now,
            Reason = state.Gate.StopsRun ? state.Gate.Reason : "",
        };
        // A run that was condemned is on the ladder already: only what is wanted afterwards changes.
        return state.Rung == StopRung.None ? Climb(stopping, rung, now, policy) : Hasten(stopping, stopping.StopGrace);
    }

    /// <summary>A run on the ladder is asked to stop once more: a grace that comes with it replaces the one under way.</summary>
    public static ServiceStep Hasten(ServiceState state, TimeSpan? grace) =>
        grace is { } time && state.Rung is StopRung.Controller or StopRung.Signal
            ? new(state with { StopGrace = time }, [new ScheduleRung(state.Run, state.Rung, time)])
            : new(state, []);

    /// <summary>A probe has failed for good: the run must end, and asking it politely by RPC is no use.</summary>
    public static ServiceStep Condemned(ServiceState state, string reason, Moment now, ServicePolicy policy) =>
        Climb(state with { Phase = Unhealthy, Reason = reason, Since = now }, StopRung.Signal, now, policy);

    /// <summary>Whether the run is on the ladder because a probe failed.</summary>
    public static bool IsCondemned(ServiceState state) => state.Phase == Unhealthy && state.Rung != StopRung.None;

    /// <summary>Steps onto a rung, and says when the next one is due.</summary>
    public static ServiceStep Climb(ServiceState state, StopRung rung, Moment now, ServicePolicy policy)
    {
        var grace = state.StopGrace ?? policy.Stop.Grace;
        var run = state.Run;
        var polite = rung == StopRung.Signal && policy.Stop.Signal == StopSignal.Kill ? StopRung.Kill : rung;
        var since = state.Phase is Stopping or Unhealthy ? state.Since : now;
        var climbed = state with
        {
            Phase = state.Phase == Unhealthy && state.Wanted == Wanted.Up ? Unhealthy : Stopping,
            Since = since,
            Rung = polite,
        };
        return polite switch
        {
            StopRung.Controller => new(climbed, [new AskToStop(run, grace), new ScheduleRung(run, polite, grace)]),
            StopRung.Signal => new(
                climbed,
                [new Signal(run, (int)policy.Stop.Signal), new ScheduleRung(run, polite, grace)]
            ),
            _ => new(
                climbed,
                [new Signal(run, (int)StopSignal.Kill), new ScheduleRung(run, polite, ServicePolicy.KillAgainAfter)]
            ),
        };
    }

    /// <summary>The rung after one that did not help.</summary>
    public static StopRung Above(StopRung rung) => rung == StopRung.Controller ? StopRung.Signal : StopRung.Kill;
}
