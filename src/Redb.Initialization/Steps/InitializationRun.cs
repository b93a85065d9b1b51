using System.Collections.Immutable;
using Redb.Initialization.Progress;

namespace Redb.Initialization.Steps;

/// <summary>Carries an initialization out: asks the machine what comes next, and does it.</summary>
internal sealed class InitializationRun(
    ImmutableArray<IInitializationStep> steps,
    Workbench bench,
    ProgressFile progress,
    IInitializationReport report,
    TimeProvider time
)
{
    private long _began;

    /// <summary>Goes through the steps.</summary>
    /// <param name="isPlan">Whether nothing is to be changed.</param>
    /// <param name="bounds">How long it may take.</param>
    /// <param name="cancellationToken">Ends it between or within steps; what is done is done.</param>
    /// <returns>Why it ended early, and how many steps were open.</returns>
    public async Task<(Failure? Failure, int Open)> RunAsync(
        bool isPlan,
        StepBounds bounds,
        CancellationToken cancellationToken
    )
    {
        var state = new InitializationState(steps.Length, isPlan);
        InitializationInput input = new InitializationInput.Begun();
        var open = 0;
        while (true)
        {
            (state, var effects) = InitializationMachine.Next(state, input);
            foreach (var effect in effects)
            {
                if (effect is InitializationEffect.End end)
                {
                    return (end.Failure, open);
                }

                open += effect is InitializationEffect.Tell { News: StepNews.Planned or StepNews.Doing } ? 1 : 0;
                var (next, isOver) = await PerformAsync(effect, bounds, cancellationToken);
                input = next ?? input;
                if (isOver)
                {
                    break;
                }
            }
        }
    }

    // What becomes the next input, and whether the effects that were to follow are void.
    private async Task<(InitializationInput? Next, bool IsOver)> PerformAsync(
        InitializationEffect effect,
        StepBounds bounds,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return effect switch
            {
                InitializationEffect.Check check => (
                    await CheckAsync(steps[check.Step], bounds, cancellationToken),
                    false
                ),
                InitializationEffect.Perform perform => (
                    await DoAsync(steps[perform.Step], bounds, cancellationToken),
                    false
                ),
                InitializationEffect.Record record => (Write(record), false),
                InitializationEffect.Tell tell => (Tell(tell), false),
                _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "is no effect to perform"),
            };
        }
        catch (InitializationException failed)
        {
            return (new InitializationInput.Failed(failed.Failure), true);
        }
    }

    private static async Task<InitializationInput> CheckAsync(
        IInitializationStep step,
        StepBounds bounds,
        CancellationToken cancellationToken
    )
    {
        StepFinding? finding = null;
        await bounds.RunAsync(step.Name, async bounded => finding = await step.CheckAsync(bounded), cancellationToken);
        return new InitializationInput.Found(finding!);
    }

    private async Task<InitializationInput> DoAsync(
        IInitializationStep step,
        StepBounds bounds,
        CancellationToken cancellationToken
    )
    {
        _began = time.GetTimestamp();
        await bounds.RunAsync(step.Name, step.DoAsync, cancellationToken);
        return new InitializationInput.Performed();
    }

    private InitializationInput? Write(InitializationEffect.Record record)
    {
        var name = steps[record.Step].Name;
        var known = bench.Record.Steps.FirstOrDefault(step => step.Name == name);

        // A look that finds what it found before is not worth a write: a start that has nothing to do leaves no trace.
        if (known is null || known.Standing != record.Standing || known.Note != record.Note)
        {
            bench.Record = bench.Record.With(new(name, record.Standing, time.GetUtcNow(), record.Note));
            progress.Write(bench.Record);
        }

        return null;
    }

    private InitializationInput? Tell(InitializationEffect.Tell tell)
    {
        report.Tell(
            (tell.Step + 1, steps.Length),
            steps[tell.Step].Name,
            tell.News,
            tell.Text,
            time.GetElapsedTime(_began)
        );
        return null;
    }
}
