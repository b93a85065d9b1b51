using System.Globalization;
using Redb.Abstractions.Probes;
using Redb.Abstractions.Services;
using Redb.Grains.Services;
using static Redb.Grains.Probes.ProbeEffect;

namespace Redb.Grains.Probes;

/// <summary>What a run that has started up is asked, and what follows from its answers and its silence. A part of <see cref="ProbeMachine"/>, and as pure.</summary>
internal static class ProbeWatch
{
    /// <summary>The shortest pause between two attempts: short enough that a person sees no delay, long enough to cost nothing.</summary>
    public static TimeSpan Eager { get; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Begins to look for life.</summary>
    public static ProbeStep Watch(ProbeState state, ProbeSet probes, Moment now)
    {
        if (IsAsked(probes.Liveness))
        {
            return new(state, [new Attempt(ProbeRole.Liveness, probes.Liveness.Interval)]);
        }

        return probes.Liveness.Kind == ProbeKind.Heartbeat ? Listen(state, probes, now) : new(state, []);
    }

    /// <summary>Begins to ask whether it is ready, where that is not said already.</summary>
    public static ProbeStep AskReadiness(ProbeState state, ProbeSet probes)
    {
        var readiness = probes.Readiness;
        if (readiness.Kind == ProbeKind.None || AsksTheSame(probes.Startup, readiness))
        {
            var (ready, effects) = Judge(state with { Answers = true }, probes);
            return IsAsked(readiness)
                ? new(ready, [.. effects, new Attempt(ProbeRole.Readiness, readiness.Interval)])
                : new(ready, effects);
        }

        // A process says READY=1 once, and may well do so before its startup probe has passed.
        if (readiness.Kind == ProbeKind.Notify)
        {
            return state.WasNotified ? Judge(state with { Answers = true }, probes) : new(state, []);
        }

        // A heartbeat says that the service is there, not that its port is: that is asked.
        return new(state, [new Attempt(ProbeRole.Readiness, TimeSpan.Zero)]);
    }

    // What a heartbeat proves at startup is less than what readiness wants of it: the port is still to be asked.
    private static bool AsksTheSame(ProbeConfiguration startup, ProbeConfiguration readiness) =>
        startup.Kind == readiness.Kind
        && startup.Kind != ProbeKind.Heartbeat
        && readiness.SuccessThreshold == 1
        && (startup.Port, startup.Host, startup.Path, startup.Service)
            == (readiness.Port, readiness.Host, readiness.Path, readiness.Service)
        && startup.Command.SequenceEqual(readiness.Command);

    /// <summary>An attempt of the readiness probe has its result.</summary>
    public static ProbeStep TriedReadiness(ProbeState state, ProbeResult result, ProbeSet probes, Moment now)
    {
        var readiness = probes.Readiness;
        var (count, verdict) = state.Readiness.Add(result.Passed, readiness);
        var (judged, effects) = Judge(
            state with
            {
                Readiness = count,
                Answers = verdict ?? state.Answers,
                LastFailure = result.Passed ? "" : result.Reason,
            },
            probes
        );

        // The port of a service that sends heartbeats is asked until it answers; afterwards the heartbeats are enough.
        if (readiness.Kind == ProbeKind.Heartbeat && judged.Answers)
        {
            return new(judged, effects);
        }

        var delay = judged.Told == ServicePhase.Running ? Soon(state, readiness, now) : readiness.Interval;
        return new(judged, [.. effects, new Attempt(ProbeRole.Readiness, delay)]);
    }

    /// <summary>An attempt of the liveness probe has its result.</summary>
    public static ProbeStep TriedLiveness(ProbeState state, ProbeResult result, ProbeSet probes)
    {
        var (count, verdict) = state.Liveness.Add(result.Passed, probes.Liveness);
        return verdict == false
            ? Fail(state, $"liveness probe failed {probes.Liveness.FailureThreshold} times: {result.Reason}")
            : new(state with { Liveness = count }, [new Attempt(ProbeRole.Liveness, probes.Liveness.Interval)]);
    }

    /// <summary>Judges how long the run has been silent, and waits for what is left of its time.</summary>
    public static ProbeStep Listen(ProbeState state, ProbeSet probes, Moment now)
    {
        var silent = now.Monotonic - state.LastHeartbeat.Monotonic;
        var limit = probes.Liveness.Timeout;
        return silent >= limit
            ? Fail(state, $"no heartbeat for {Seconds(silent)}, the limit is {Seconds(limit)}")
            : ListenFor(state, limit - silent, now);
    }

    /// <summary>Waits for a sign of life.</summary>
    public static ProbeStep ListenFor(ProbeState state, TimeSpan time, Moment now) =>
        new(state with { DueAt = now.Monotonic + time }, [new ScheduleSilence(time)]);

    /// <summary>Says whether the run is ready, from what the probe found and what the service says of itself, if that is news.</summary>
    public static ProbeStep Judge(ProbeState state, ProbeSet probes)
    {
        var phase = (state.Answers, state.Health) switch
        {
            (false, _) or (_, ServiceHealth.Unhealthy) => ServicePhase.Running,
            (_, ServiceHealth.Degraded) => ServicePhase.Degraded,
            (_, ServiceHealth.Healthy) => ServicePhase.Ready,
            _ => probes.Readiness.Kind == ProbeKind.Heartbeat ? ServicePhase.Running : ServicePhase.Ready,
        };
        if (phase == state.Told)
        {
            return new(state, []);
        }

        ServiceInput news = phase switch
        {
            ServicePhase.Ready => new ServiceInput.BecameReady(state.Run),
            ServicePhase.Degraded => new ServiceInput.BecameDegraded(state.Run, "reports DEGRADED"),
            _ => new ServiceInput.LostReadiness(
                state.Run,
                state.Answers ? $"reports {Word(state.Health)}" : state.LastFailure
            ),
        };
        return new(state with { Told = phase }, [new Tell(news)]);
    }

    /// <summary>The run is to be ended, and nothing more is asked of it.</summary>
    public static ProbeStep Fail(ProbeState state, string reason) =>
        new(state with { IsOver = true }, [new Tell(new ServiceInput.ProbeFailed(state.Run, reason))]);

    /// <summary>A time for people.</summary>
    public static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");

    private static string Word(ServiceHealth health) =>
        health switch
        {
            ServiceHealth.Unhealthy => "UNHEALTHY",
            ServiceHealth.Starting => "STARTING",
            ServiceHealth.Stopping => "STOPPING",
            _ => "no health",
        };

    /// <summary>Whether attempts are made. The others are told to us: by heartbeats, or on the notify socket.</summary>
    public static bool IsAsked(ProbeConfiguration probe) =>
        probe.Kind is not (ProbeKind.None or ProbeKind.Heartbeat or ProbeKind.Notify);

    /// <summary>A quarter of the time already waited: attempts stay few, and the delay after the moment of readiness small beside the wait.</summary>
    public static TimeSpan Soon(ProbeState state, ProbeConfiguration probe, Moment now)
    {
        var quarter = (now.Monotonic - state.BeganAt.Monotonic) / 4;
        var patient = quarter > Eager ? quarter : Eager;
        return patient < probe.Interval ? patient : probe.Interval;
    }
}
