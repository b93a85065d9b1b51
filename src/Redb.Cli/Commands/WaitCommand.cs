using System.Collections.Immutable;
using System.CommandLine;
using Redb.Cli.Clients;
using Redb.Cli.Operations;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl wait</c>: until services are as they should be, without asking for anything.</summary>
internal sealed class WaitCommand(CommandContext context)
{
    private readonly Argument<string[]> _services = CommonOptions.Services(
        context,
        "What to wait for; everything when left out"
    );

    private readonly Option<string?> _for = CreateFor();

    private readonly Option<TimeSpan?> _timeout = CommonOptions.Duration("--timeout", "Longest wait", "60s");

    /// <summary>The verb with its options.</summary>
    public Command Create()
    {
        var command = new Command(
            "wait",
            "Wait until services are ready, healthy or stopped, also while the supervisor restarts; exits with 3 when they will not be, with 9 when time is over"
        )
        {
            _services,
            _for,
            _timeout,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var goal = parsed.GetValue(_for) switch
        {
            "stopped" => Goal.Stopped,
            "healthy" => Goal.Healthy,
            _ => Goal.Ready,
        };
        var outcome = await PersistAsync(parsed, goal, cancellationToken);
        var code = Verdict.OfWait(outcome);
        OutcomeWriter.Write(
            context.Terminal.Error,
            outcome,
            goal,
            parsed.GetValue(CommonOptions.Group),
            context.Time.GetUtcNow()
        );
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, OperationDocument.Of("wait", code, outcome));
        }

        return (int)code;
    }

    private async Task<Outcome> PersistAsync(ParseResult parsed, Goal goal, CancellationToken cancellationToken)
    {
        var timeout = parsed.GetValue(_timeout) ?? CommonOptions.StandardTimeout;
        try
        {
            return await new Persistence(timeout).RunAsync(
                context.Time,
                lost => WaitAsync(parsed, goal, timeout, lost, cancellationToken),
                cancellationToken
            );
        }
        catch (Exception trouble) when (Persistence.MayPass(trouble))
        {
            throw TimeIsOver(timeout, trouble);
        }
    }

    private async Task<Outcome> WaitAsync(
        ParseResult parsed,
        Goal goal,
        TimeSpan timeout,
        TimeSpan lost,
        CancellationToken cancellationToken
    )
    {
        var names = parsed.GetValue(_services) ?? [];
        var once = context with { Persistence = Persistence.None };
        await using var scope = await CommonOptions.OpenScopeAsync(once, parsed, names, cancellationToken);
        var targets = Addressing.Resolve(names, scope);
        ImmutableArray<Aim> aims = [.. targets.Select(target => Aim.ToSee(target, goal))];
        return await Progress.WaitAsync(context, scope, aims, timeout, lost, cancellationToken);
    }

    private static CommandFailure TimeIsOver(TimeSpan timeout, Exception trouble) =>
        new(
            ExitCode.TimedOut,
            $"the supervisor does not answer, and time is over after {DurationText.Exact(timeout)}",
            trouble is CommandFailure failure ? $"{failure.Message}: {failure.Cause}" : Printable.Line(trouble.Message),
            (trouble as CommandFailure)?.Next ?? "redbctl status; if it stays so, the supervisor's log says why"
        );

    private static Option<string?> CreateFor()
    {
        var option = new Option<string?>("--for")
        {
            Description = "What to wait for: ready, healthy or stopped [default: ready]",
            HelpName = "STATE",
        };
        return option.AcceptOnlyFromAmong("ready", "healthy", "stopped");
    }
}
