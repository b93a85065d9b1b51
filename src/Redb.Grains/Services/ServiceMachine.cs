using System.Globalization;
using Redb.Abstractions.Services;
using static Redb.Abstractions.Services.ServicePhase;
using static Redb.Grains.Services.ServiceEffect;
using static Redb.Grains.Services.ServiceInput;
using static Redb.Grains.Services.StopLadder;

namespace Redb.Grains.Services;

/// <summary>
/// Decides what a service does next. Pure: the same arguments always give the same step, and
/// nothing is started, stopped or awaited here.
/// </summary>
/// <remarks>
/// <code>
/// Stopped ─start─▶ Pending ─gate opens─▶ Starting ─started up─▶ Running ─ready─▶ Ready ◀─▶ Degraded
///    ▲                ▲                     │                      │               │ ▲
///    │                │                     ├──────────────────────┴─ ─ ─ ─ ─ ─ ─ ─┤ └─ready─ Unhealthy
///  exit               │ gate closed         │ exit, refused, or a probe fails      └─ ─lost─ ─ ─▲
///    │                │                     ▼
/// Stopping ◀─stop─ (any live)            BackingOff ─due─▶ Starting       too many ──▶ CrashLoop
/// </code>
/// Invariants: a launch is only ever answered in a phase without a process; news of another run changes nothing; once a
/// stop has begun every path leads to the exit of the run, because the last rung is SIGKILL.
/// </remarks>
internal static class ServiceMachine
{
    /// <summary>Answers one input.</summary>
    /// <param name="state">What is remembered so far.</param>
    /// <param name="input">What just happened.</param>
    /// <param name="policy">The rules in force.</param>
    /// <param name="now">The time of the input.</param>
    /// <param name="sample">A random number in [0, 1) for jitter.</param>
    // csharpier-ignore
    public static ServiceStep Next(
        ServiceState state, ServiceInput input, ServicePolicy policy, Moment now, double sample) =>
        (state.Phase, input) switch
        {
            (Disabled, _)                                                    => new(state, []),

            (_, Resumed { Pid: not null } news) when state.Phase.IsLive()    => TakenOver(state with { Run = news.Run, Pid = news.Pid }, now, policy),
            (_, Resumed) when state.Phase.IsLive()                           => NeverLaunched(state, now),
            (BackingOff, Resumed)                                            => new(state, [new ScheduleRestart(state.Run, Remaining(state, now, policy))]),

            (Stopped or Failed or CrashLoop, StartRequested)                 => Await(Requested(state), now),
            (BackingOff, StartRequested)                                     => Await(Requested(state), now, new CancelRestart()),
            (Stopping, StartRequested)                                       => new(Requested(state), []),

            (Pending or Failed or CrashLoop, StopRequested or KillRequested) => Rest(state, now),
            (BackingOff, StopRequested or KillRequested)                     => Rest(state, now, new CancelRestart()),
            (Stopping, StopRequested stop)                                   => Hasten(state with { Wanted = Wanted.Down }, stop.Grace),
            (Starting or Running or Ready or Degraded or Unhealthy, StopRequested stop)
                                                                             => Descend(Leaving(state, stop.Grace), now, policy),
            (Starting or Running or Ready or Degraded or Unhealthy or Stopping, KillRequested)
                                                                             => Climb(Leaving(state, null), StopRung.Kill, now, policy),

            (Pending, GateChanged { Gate.IsOpen: true } gate)                => Await(state with { Gate = gate.Gate }, now),
            (Pending, GateChanged gate)                                      => new(state with { Gate = gate.Gate, Reason = gate.Gate.Reason }, []),
            (Starting or Running or Ready or Degraded or Unhealthy, GateChanged { Gate.StopsRun: true } gate)
                                                                             => Descend(Held(state, gate.Gate), now, policy),
            (_, GateChanged gate)                                            => new(state with { Gate = gate.Gate }, []),

            (Starting, Launched news) when news.Run == state.Run             => new(state with { Pid = news.Pid }, [new Probe(state.Run)]),
            (Stopping, Launched news) when news.Run == state.Run             => new(state with { Pid = news.Pid }, []),
            (Stopping, LaunchRefused news) when news.Run == state.Run        => Left(state, state.LastExit, now),
            (Starting, LaunchRefused news) when news.Run == state.Run        => Died(state, null, news.Reason, policy, now, sample),
            (_, Registered news) when Concerns(state, news.Run)              => new(state with { HasController = true }, []),
            (Starting, StartedUp news) when news.Run == state.Run            => Moved(state, Running, "", now),
            (Starting or Running or Degraded or Unhealthy, BecameReady news) when Probed(state, news.Run)
                                                                             => Readied(state, Ready, "", now),
            (Starting or Running or Ready or Unhealthy, BecameDegraded news) when Probed(state, news.Run)
                                                                             => Readied(state, Degraded, news.Reason, now),
            (Ready or Degraded, LostReadiness news) when Probed(state, news.Run)
                                                                             => Moved(state, Unhealthy, news.Reason, now),
            (Starting or Running or Ready or Degraded or Unhealthy, ProbeFailed news) when Probed(state, news.Run)
                                                                             => Condemned(state, news.Reason, now, policy),

            (_, StopRefused news) when Concerns(state, news.Run) && state.Rung == StopRung.Controller
                                                                             => Climb(state, StopRung.Signal, now, policy),
            (_, RungDue due) when Concerns(state, due.Run) && due.Rung == state.Rung
                                                                             => Climb(state, Above(due.Rung), now, policy),

            (Stopping, Exited news) when news.Run == state.Run               => Left(state, news.Exit, now),
            (_, Exited news) when Concerns(state, news.Run)                  => Died(state, news.Exit, "", policy, now, sample),
            (BackingOff, RestartDue due) when due.Run == state.Run           => Await(state, now),

            // Anything else is late news about an earlier run, or asks for what is already so.
            _ => new(state, []),
        };

    /// <summary>A run outlived the supervisor that launched it: what was under way is taken up again.</summary>
    private static ServiceStep TakenOver(ServiceState state, Moment now, ServicePolicy policy) =>
        state.Rung == StopRung.None
            ? new(state, [new Probe(state.Run, state.Phase)])
            : Climb(state, state.Rung, now, policy);

    /// <summary>The supervisor died between the intent to launch a run and the launch.</summary>
    private static ServiceStep NeverLaunched(ServiceState state, Moment now) =>
        state.Wanted == Wanted.Up ? Await(state, now) : Rest(state, now);

    // The wall's clock is all that two supervisors share; however it jumped, nobody waits longer than the policy says.
    private static TimeSpan Remaining(ServiceState state, Moment now, ServicePolicy policy)
    {
        var left = (state.RestartDue ?? now.Wall) - now.Wall;
        return TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, policy.Restart.MaxDelay.Ticks));
    }

    private static bool Concerns(ServiceState state, RunId run) => run == state.Run && state.Phase.IsLive();

    // Once a run is on the ladder its probes have nothing more to say.
    private static bool Probed(ServiceState state, RunId run) => run == state.Run && state.Rung == StopRung.None;

    private static ServiceState Requested(ServiceState state) =>
        state with
        {
            Wanted = Wanted.Up,
            Failures = 0,
            Restarts = 0,
        };

    private static ServiceState Leaving(ServiceState state, TimeSpan? grace) =>
        state with
        {
            Wanted = Wanted.Down,
            StopGrace = grace,
        };

    private static ServiceState Held(ServiceState state, Gate gate) => state with { Gate = gate, StopGrace = null };

    /// <summary>Launches if the gate is open, else waits for it.</summary>
    private static ServiceStep Await(ServiceState state, Moment now, params ReadOnlySpan<ServiceEffect> first)
    {
        if (!state.Gate.IsOpen)
        {
            var waiting = Cleared(state) with { Phase = Pending, Reason = state.Gate.Reason, Since = now };
            return new(waiting, [.. first]);
        }

        var run = state.Run.Next();
        var launched = Cleared(state) with { Phase = Starting, Reason = "", Since = now, StartedAt = now, Run = run };
        return new(launched, [.. first, new Launch(run)]);
    }

    private static ServiceStep Rest(ServiceState state, Moment now, params ReadOnlySpan<ServiceEffect> effects)
    {
        var resting = Cleared(state) with
        {
            Phase = Stopped,
            Wanted = Wanted.Down,
            Reason = "",
            Since = now,
            Failures = 0,
        };
        return new(resting, [.. effects]);
    }

    private static ServiceState Cleared(ServiceState state) =>
        state with
        {
            Pid = null,
            ReadyAt = null,
            HasController = false,
            RestartDue = null,
            Rung = StopRung.None,
            StopGrace = null,
        };

    private static ServiceStep Readied(ServiceState state, ServicePhase phase, string reason, Moment now) =>
        Moved(state with { ReadyAt = state.ReadyAt ?? now }, phase, reason, now);

    /// <summary>A run that was asked to end has ended.</summary>
    private static ServiceStep Left(ServiceState state, RunExit? exit, Moment now)
    {
        var over = state with { LastExit = exit };
        return state.Wanted == Wanted.Up
            ? Await(over, now, new Forget(state.Run))
            : Rest(over, now, new Forget(state.Run));
    }

    /// <summary>A run has ended, or could not begin, without being asked to.</summary>
    private static ServiceStep Died(
        ServiceState state,
        RunExit? exit,
        string refusal,
        ServicePolicy policy,
        Moment now,
        double sample
    )
    {
        var lived = now.Monotonic - state.StartedAt.Monotonic;
        var wasStable = exit is not null && lived >= policy.Restart.StableAfter;
        var failures = wasStable ? 1 : state.Failures + 1;
        var cause = Cause(state, exit, refusal, lived);
        var dead = Cleared(state) with
        {
            LastExit = exit ?? state.LastExit,
            Failures = failures,
            Reason = cause,
            Since = now,
        };
        var forget = new Forget(state.Run);

        // A run that we ended because a probe failed has failed, however politely it left.
        var succeeded = exit is { IsSuccess: true } && !IsCondemned(state);
        if (!MayRestart(policy.Restart.Mode, succeeded))
        {
            return succeeded
                ? new(dead with { Phase = Stopped, Wanted = Wanted.Down, Failures = 0 }, [forget])
                : new(dead with { Phase = Failed }, [forget]);
        }

        if (failures > policy.Restart.MaxFailures)
        {
            return new(
                dead with
                {
                    Phase = CrashLoop,
                    Reason = $"{failures} failures in a row, the last: {cause}",
                },
                [forget]
            );
        }

        // What refuses a launch, such as a taken port, is not gone at once: no immediate retry.
        var delay = BackOff.Delay(policy.Restart, exit is null ? failures + 1 : failures, sample);
        var again = dead with { Restarts = state.Restarts + 1 };
        return delay == TimeSpan.Zero
            ? Await(again, now, forget)
            : new(
                again with
                {
                    Phase = BackingOff,
                    RestartDue = now.Wall + delay,
                },
                [forget, new ScheduleRestart(state.Run, delay)]
            );
    }

    private static bool MayRestart(RestartMode mode, bool succeeded) =>
        mode switch
        {
            RestartMode.Always => true,
            RestartMode.OnFailure => !succeeded,
            _ => false,
        };

    private static string Cause(ServiceState state, RunExit? exit, string refusal, TimeSpan lived)
    {
        if (exit is null)
        {
            return refusal;
        }

        var ended = string.Create(CultureInfo.InvariantCulture, $"{exit.Describe()} after {lived.TotalSeconds:0.0} s");
        return IsCondemned(state) ? $"{state.Reason}; {ended}" : ended;
    }

    private static ServiceStep Moved(ServiceState state, ServicePhase phase, string reason, Moment now) =>
        new(state with { Phase = phase, Reason = reason, Since = now }, []);
}
