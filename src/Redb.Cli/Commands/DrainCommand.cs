using System.CommandLine;
using Redb.Cli.Clients;
using Redb.Cli.Operations;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl drain</c>: cordons a host and stops its groups in order.</summary>
internal sealed class DrainCommand(CommandContext context)
{
    private readonly Argument<string> _host = HostArgument.Create(context);

    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Why, for whoever meets it",
        HelpName = "TEXT",
    };

    private readonly Option<TimeSpan?> _timeout = CommonOptions.Duration("--timeout", "Longest wait", "60s");

    /// <summary>The verb with its options.</summary>
    public Command Create()
    {
        var command = new Command("drain", "Cordon a host, stop its groups in order, and wait until they are down")
        {
            _host,
            _reason,
            _timeout,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(_host);
        await using var scope = await HostArgument.OpenAsync(context, parsed, name, cancellationToken);
        await Cordoning.SetAsync(scope, parsed.GetValue(_reason) ?? "drained", "drain", cancellationToken);
        var targets = Addressing.Resolve([], scope.Views);
        var aims = await Task.WhenAll(targets.Select(target => StopAsync(scope, target, cancellationToken)));
        var outcome = await Progress.WaitAsync(context, scope, [.. aims], parsed.GetValue(_timeout), cancellationToken);
        var code = Verdict.OfChange(outcome, refused: [], isWhole: true);
        OutcomeWriter.Write(context.Terminal.Error, outcome, Goal.Stopped, group: null, context.Time.GetUtcNow());
        if (code == ExitCode.Done)
        {
            await context.Terminal.Error.WriteLineAsync(
                $"{name} is drained; afterwards: redbctl uncordon {name}, then redbctl start '{name}/*'"
            );
        }

        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, OperationDocument.Of("drain", code, outcome));
        }

        return (int)code;
    }

    private static async Task<Aim> StopAsync(Scope scope, Target target, CancellationToken cancellationToken)
    {
        var result = await scope.ClientOf(target.Group).ChangeAsync(Change.Stop, [], force: false, cancellationToken);
        return Aim.For(
            Change.Stop,
            target with
            {
                Services = result.Accepted,
            },
            result.Version,
            scope.ViewOf(target.Group)
        );
    }
}
