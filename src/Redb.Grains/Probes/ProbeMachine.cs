using Redb.Abstractions.Probes;
using Redb.Abstractions.Services;
using Redb.Grains.Services;
using static Redb.Grains.Probes.ProbeEffect;
using static Redb.Grains.Probes.ProbeInput;
using static Redb.Grains.Probes.ProbeWatch;

namespace Redb.Grains.Probes;

/// <summary>
/// Turns what is seen and heard of one run into the few facts its service's machine needs: started up, ready, degraded, not
/// ready any more, to be ended. Pure, like every machine here.
/// </summary>
/// <remarks>
/// The startup probe passes once; its deadline is interval x failure_threshold. Then readiness and liveness are asked. Until a
/// run is first ready it is asked more often than the interval says, so that nobody who depends on it waits for a timer.
/// </remarks>
internal static class ProbeMachine
{
    // A gRPC client that finds nobody waits up to 120 s, a fifth more or less, before it tries again (gRPC connection back-off).
    private static readonly TimeSpan LongestReconnect = TimeSpan.FromSeconds(150);

    // A timer that is later than this was held up by more than a busy machine.
    private static readonly TimeSpan LatestTimer = TimeSpan.FromSeconds(1);

    /// <summary>Answers one input.</summary>
    /// <param name="state">What is remembered of the run's probes.</param>
    /// <param name="input">What just happened.</param>
    /// <param name="probes">The probes in force.</param>
    /// <param name="now">The time of the input.</param>
    public static ProbeStep Next(ProbeState state, ProbeInput input, ProbeSet probes, Moment now)
    {
        if (state.IsOver)
        {
            return new(state, []);
        }

        return input switch
        {
            Began => Begin(state with { BeganAt = now }, probes, now),
            Resumed resumed => Resume(state with { BeganAt = now }, resumed.Phase, probes, now),
            Heartbeat beat => Hear(state, beat.Health, probes, now),
            Notified => Notice(state with { WasNotified = true }, probes, now),
            Attempted { Role: ProbeRole.Startup } attempt => TriedToStart(state, attempt.Result, probes, now),
            Attempted when !state.HasStarted => new(state, []),
            Attempted { Role: ProbeRole.Readiness } attempt => TriedReadiness(state, attempt.Result, probes, now),
            Attempted attempt => TriedLiveness(state, attempt.Result, probes),
            StartupDue when !state.HasStarted => TimedOut(state, probes, now),
            SilenceDue => StoodStill(state, now)
                ? ListenFor(state, probes.Liveness.Timeout, now)
                : Listen(state, probes, now),
            _ => new(state, []),
        };
    }

    private static ProbeStep Begin(ProbeState state, ProbeSet probes, Moment now)
    {
        if (probes.Startup.Kind == ProbeKind.None)
        {
            return Started(state, probes, now);
        }

        var limit = probes.Startup.Interval * probes.Startup.FailureThreshold;
        var begun = state with { DueAt = now.Monotonic + limit };
        return IsAsked(probes.Startup)
            ? new(begun, [new ScheduleStartup(limit), new Attempt(ProbeRole.Startup, Eager)])
            : new(begun, [new ScheduleStartup(limit)]);
    }

    /// <summary>Goes on with a run that an earlier supervisor launched: what that one had seen still holds until a probe says otherwise.</summary>
    private static ProbeStep Resume(ProbeState state, ServicePhase phase, ProbeSet probes, Moment now)
    {
        if (phase == ServicePhase.Starting)
        {
            return Begin(state with { MayHaveNotified = true }, probes, now);
        }

        var wasReady = phase.IsReady();
        var resumed = state with
        {
            HasStarted = true,
            WasNotified = true,
            Answers = wasReady,
            Told = wasReady ? phase : ServicePhase.Running,
            Health = phase switch
            {
                ServicePhase.Ready => ServiceHealth.Healthy,
                ServicePhase.Degraded => ServiceHealth.Degraded,
                _ => ServiceHealth.Unknown,
            },
            LastHeartbeat = now with { Monotonic = now.Monotonic + LongestReconnect },
        };
        var (watched, effects) = Watch(resumed, probes, now);
        return IsAsked(probes.Readiness) || (probes.Readiness.Kind == ProbeKind.Heartbeat && !wasReady)
            ? new(
                watched,
                [.. effects, new Attempt(ProbeRole.Readiness, wasReady ? probes.Readiness.Interval : TimeSpan.Zero)]
            )
            : Judge(watched with { Answers = true }, probes).After(effects);
    }

    private static ProbeStep TriedToStart(ProbeState state, ProbeResult result, ProbeSet probes, Moment now)
    {
        if (state.HasStarted)
        {
            return new(state, []);
        }

        return result.Passed
            ? Started(state, probes, now)
            : new(
                state with
                {
                    LastFailure = result.Reason,
                },
                [new Attempt(ProbeRole.Startup, Soon(state, probes.Startup, now))]
            );
    }

    private static ProbeStep TimedOut(ProbeState state, ProbeSet probes, Moment now)
    {
        if (StoodStill(state, now))
        {
            var limit = probes.Startup.Interval * probes.Startup.FailureThreshold;
            return new(state with { DueAt = now.Monotonic + limit }, [new ScheduleStartup(limit)]);
        }

        // It says READY=1 once, and nobody can ask whether it has: a run that lives on is taken to have said it.
        return state.MayHaveNotified && probes.Startup.Kind == ProbeKind.Notify
            ? Started(state with { WasNotified = true }, probes, now)
            : NeverStarted(state, probes);
    }

    // Frozen or starved, the supervisor has not heard what waits for it in its sockets: it listens before it judges.
    private static bool StoodStill(ProbeState state, Moment now) => now.Monotonic - state.DueAt > LatestTimer;

    private static ProbeStep NeverStarted(ProbeState state, ProbeSet probes)
    {
        var limit = probes.Startup.Interval * probes.Startup.FailureThreshold;
        var why = state.LastFailure.Length > 0 ? state.LastFailure : $"no {Word(probes.Startup.Kind)} came";
        return Fail(state, $"not started up within {Seconds(limit)}: {why}");
    }

    private static string Word(ProbeKind kind) =>
        kind == ProbeKind.Notify ? "READY=1" : "registration with a healthy heartbeat";

    private static ProbeStep Started(ProbeState state, ProbeSet probes, Moment now)
    {
        var (started, effects) = Watch(state with { HasStarted = true, LastHeartbeat = now }, probes, now);
        return AskReadiness(started, probes).After([new Tell(new ServiceInput.StartedUp(state.Run)), .. effects]);
    }

    private static ProbeStep Hear(ProbeState state, ServiceHealth health, ProbeSet probes, Moment now)
    {
        var heard = state with { LastHeartbeat = now, Health = health };
        var isWell = health is ServiceHealth.Healthy or ServiceHealth.Degraded;
        if (state.HasStarted)
        {
            // The first one after a take-over ends the patience with a service that may still have been reconnecting.
            var (listening, effects) =
                state.LastHeartbeat.Monotonic > now.Monotonic && probes.Liveness.Kind == ProbeKind.Heartbeat
                    ? ListenFor(heard, probes.Liveness.Timeout, now)
                    : new(heard, []);
            return health == state.Health ? new(listening, effects) : Judge(listening, probes).After(effects);
        }

        return isWell && probes.Startup.Kind == ProbeKind.Heartbeat ? Started(heard, probes, now) : new(heard, []);
    }

    private static ProbeStep Notice(ProbeState state, ProbeSet probes, Moment now)
    {
        if (!state.HasStarted)
        {
            return probes.Startup.Kind == ProbeKind.Notify ? Started(state, probes, now) : new(state, []);
        }

        return probes.Readiness.Kind == ProbeKind.Notify
            ? Judge(state with { Answers = true }, probes)
            : new(state, []);
    }
}
