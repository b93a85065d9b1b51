using Redb.Abstractions.Services;
using Redb.Grains.Journal;

namespace Redb.Grains.Services;

/// <summary>Where a service goes on after an earlier supervisor, and what its machine hears first.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Input">What it hears.</param>
internal readonly record struct Resumption(ServiceState State, ServiceInput Input)
{
    /// <summary>The run to look for: the remembered one, or the next when that one is known to be over.</summary>
    public static RunId Expected(ServiceMemory? memory) =>
        memory is null ? new(1) : new(memory.Phase.IsLive() ? memory.Run : memory.Run + 1);

    /// <summary>The resumption of a service.</summary>
    /// <param name="memory">What is remembered of it; null for nothing.</param>
    /// <param name="found">What became of the run that was looked for.</param>
    /// <param name="now">The time.</param>
    public static Resumption Of(ServiceMemory? memory, AdoptResult found, Moment now)
    {
        var state = memory?.ToState(now) ?? ServiceState.Initial;
        return found switch
        {
            AdoptResult.Alive alive => new(
                IsMissed(memory, alive) ? Missed(state, alive, now) : state,
                new ServiceInput.Resumed(alive.Run, alive.Process.Pid)
            ),
            AdoptResult.Ended ended when state.Phase.IsLive() => new(
                state with
                {
                    Pid = memory?.Process?.Pid,
                },
                new ServiceInput.Exited(state.Run, ended.Exit)
            ),
            AdoptResult.Ahead ahead => Ahead(ahead.Memory.ToState(now), ahead.Launch),
            _ => new(state, new ServiceInput.Resumed(state.Run, Pid: null)),
        };
    }

    /// <summary>Whether the journal missed the run that was found: all that is known of it is that it lives.</summary>
    public static bool IsMissed(ServiceMemory? memory, AdoptResult.Alive alive) =>
        memory?.Phase.IsLive() != true || alive.Run.Value != memory.Run;

    private static ServiceState Missed(ServiceState state, AdoptResult.Alive alive, Moment now) =>
        state with
        {
            Phase = ServicePhase.Starting,
            Wanted = Wanted.Up,
            Reason = "",
            Since = now,
            StartedAt = ServiceMemory.At(alive.StartedAt, now),
            Run = alive.Run,
            Rung = StopRung.None,
            ReadyAt = null,
            RestartDue = null,
        };

    private static Resumption Ahead(ServiceState state, LaunchResult? launch) =>
        new(
            state,
            launch switch
            {
                LaunchResult.Started started => new ServiceInput.Launched(state.Run, started.Process.Pid),
                LaunchResult.Refused refused => new ServiceInput.LaunchRefused(state.Run, refused.Reason),
                _ => new ServiceInput.Resumed(state.Run, Pid: null),
            }
        );
}
