using Redb.Initialization.Progress;

namespace Redb.Initialization.Steps;

using static InitializationEffect;
using static InitializationInput;
using static StepFinding;

/// <summary>
/// The order of an initialization: look at a step, do it where it is open, look again, go on. What counts is what is found in the world, never
/// what was written down: that is for people, and for the start of the supervisor.
/// </summary>
internal static class InitializationMachine
{
    // csharpier-ignore
    public static InitializationTurn Next(InitializationState state, InitializationInput input) =>
        input switch
        {
            Begun when state.Count == 0                         => new(state, [new End(null)]),
            Begun                                               => new(state, [new Check(state.Current)]),
            Found { Finding: Fulfilled found }                  => Fulfil(state, found.What),
            Found { Finding: Open open } when state.IsPlan      => Advance(state, new Tell(state.Current, StepNews.Planned, open.Plan)),
            Found { Finding: Open open } when state.HasPerformed => Fail(state, StillOpen(open)),
            Found { Finding: Open open }                        => Begin(state, open.Plan),
            Found { Finding: Blocked blocked }                  => Fail(state, blocked.Failure),
            Performed                                           => new(state with { HasPerformed = true }, [new Check(state.Current)]),
            Failed failed                                       => Fail(state, failed.Failure),
            _                                                   => throw new ArgumentOutOfRangeException(nameof(input), input, "is no input"),
        };

    private static InitializationTurn Begin(InitializationState state, string plan) =>
        new(
            state,
            [
                // Before it is done: a kill in the middle shows as a step that was begun.
                new Record(state.Current, StepStanding.Begun, plan),
                new Tell(state.Current, StepNews.Doing, plan),
                new Perform(state.Current),
            ]
        );

    private static InitializationTurn Fulfil(InitializationState state, string what)
    {
        var tell = new Tell(state.Current, state.HasPerformed ? StepNews.Done : StepNews.AlreadySo, what);
        return state.IsPlan
            ? Advance(state, tell)
            : Advance(state, new Record(state.Current, StepStanding.Done, what), tell);
    }

    private static InitializationTurn Advance(InitializationState state, params InitializationEffect[] before)
    {
        var next = state with { Current = state.Current + 1, HasPerformed = false };
        return new(next, [.. before, next.Current < next.Count ? new Check(next.Current) : new End(null)]);
    }

    private static InitializationTurn Fail(InitializationState state, Failure failure) =>
        new(state, [new Tell(state.Current, StepNews.Failed, failure.What), new End(failure)]);

    // Somebody undoes what we do, or a server says yes and means no: going on would build on sand.
    private static Failure StillOpen(Open open) =>
        new(
            FailureKind.Failed,
            $"a step was done and is still open: {open.Plan}",
            "what was written is not what is found: another program changes it meanwhile",
            "see what else works on this database or keyring, then start again: it goes on where it is"
        );
}
