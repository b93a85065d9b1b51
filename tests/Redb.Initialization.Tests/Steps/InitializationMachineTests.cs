using System.Collections.Immutable;
using CsCheck;
using Redb.Initialization.Progress;
using Redb.Initialization.Steps;

namespace Redb.Initialization.Tests.Steps;

public sealed class InitializationMachineTests
{
    private static readonly StepFinding Fulfilled = new StepFinding.Fulfilled("it is there");
    private static readonly StepFinding Open = new StepFinding.Open("make it");

    [Fact]
    public void It_begins_with_a_look_at_the_first_step() =>
        InitializationMachine
            .Next(new(2, IsPlan: false), new InitializationInput.Begun())
            .Effects.Should()
            .Equal(new InitializationEffect.Check(0));

    [Fact]
    public void What_is_already_so_is_noted_and_not_done()
    {
        var (state, effects) = InitializationMachine.Next(new(2, IsPlan: false), Found(Fulfilled));

        state.Current.Should().Be(1);
        effects
            .Should()
            .Equal(
                new InitializationEffect.Record(0, StepStanding.Done, "it is there"),
                new InitializationEffect.Tell(0, StepNews.AlreadySo, "it is there"),
                new InitializationEffect.Check(1)
            );
    }

    [Fact]
    public void An_open_step_is_written_down_before_it_is_done()
    {
        var (_, effects) = InitializationMachine.Next(new(2, IsPlan: false), Found(Open));

        effects
            .Should()
            .Equal(
                new InitializationEffect.Record(0, StepStanding.Begun, "make it"),
                new InitializationEffect.Tell(0, StepNews.Doing, "make it"),
                new InitializationEffect.Perform(0)
            );
    }

    [Fact]
    public void What_was_done_is_looked_at_again()
    {
        var (state, effects) = InitializationMachine.Next(new(2, IsPlan: false), new InitializationInput.Performed());

        effects.Should().Equal(new InitializationEffect.Check(0));
        InitializationMachine
            .Next(state, Found(Fulfilled))
            .Effects.Should()
            .Contain(new InitializationEffect.Tell(0, StepNews.Done, "it is there"));
    }

    [Fact]
    public void A_step_that_is_done_and_still_open_ends_it_rather_than_to_be_done_for_ever()
    {
        var (_, effects) = InitializationMachine.Next(new(2, IsPlan: false, HasPerformed: true), Found(Open));

        effects[^1].Should().BeOfType<InitializationEffect.End>().Which.Failure.Should().NotBeNull();
    }

    [Fact]
    public void A_plan_does_nothing_and_writes_nothing()
    {
        var (state, effects) = InitializationMachine.Next(new(1, IsPlan: true), Found(Open));

        state.Current.Should().Be(1);
        effects
            .Should()
            .Equal(new InitializationEffect.Tell(0, StepNews.Planned, "make it"), new InitializationEffect.End(null));
    }

    // Whatever the world answers: steps are done in order, each at most once, none before it was looked at, and it ends.
    [Fact]
    public void Whatever_is_found_each_step_is_done_at_most_once_and_in_order() =>
        Gen.Select(Gen.Int[1, 12], Gen.Bool, Gen.Int[0, 3].Array[64])
            .Sample(
                (count, isPlan, answers) =>
                {
                    var performed = new List<int>();
                    var looked = new HashSet<int>();
                    var script = new Queue<int>(answers);
                    var state = new InitializationState(count, isPlan);
                    InitializationInput? input = new InitializationInput.Begun();
                    for (var turns = 0; input is not null; turns++)
                    {
                        turns.Should().BeLessThan(4 * count + 2);
                        (state, var effects) = InitializationMachine.Next(state, input);
                        input = Answer(effects, script, performed, looked);
                    }

                    performed.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems().And.BeSubsetOf(looked);
                    (isPlan && performed.Count > 0).Should().BeFalse();
                }
            );

    private static InitializationInput? Answer(
        ImmutableArray<InitializationEffect> effects,
        Queue<int> script,
        List<int> performed,
        HashSet<int> looked
    )
    {
        switch (effects[^1])
        {
            case InitializationEffect.Check check:
                looked.Add(check.Step);
                return Found(Of(script.TryDequeue(out var answer) ? answer : 0));
            case InitializationEffect.Perform perform:
                performed.Add(perform.Step);
                return script.TryDequeue(out var outcome) && outcome == 3
                    ? new InitializationInput.Failed(Failures.Any)
                    : new InitializationInput.Performed();
            default:
                effects[^1].Should().BeOfType<InitializationEffect.End>();
                return null;
        }
    }

    private static StepFinding Of(int answer) =>
        answer switch
        {
            0 => Fulfilled,
            3 => new StepFinding.Blocked(Failures.Any),
            _ => Open,
        };

    private static InitializationInput.Found Found(StepFinding finding) => new(finding);
}
