using System.CommandLine;
using Redb.Cli.Operations;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl cordon|uncordon</c>: whether anything may be started on a host.</summary>
internal sealed class CordonCommand(CommandContext context)
{
    private readonly Argument<string> _host = HostArgument.Create(context);

    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Why, for whoever meets it",
        HelpName = "TEXT",
    };

    /// <summary>The verb.</summary>
    public Command Create()
    {
        var command = new Command(
            "cordon",
            "Start nothing on a host any more that does not run there, neither by itself nor by command; what runs goes on"
        )
        {
            _host,
            _reason,
        };
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(parsed, parsed.GetValue(_reason) ?? "", cancellationToken)
        );
        return command;
    }

    /// <summary>The verb that takes it back.</summary>
    public Command CreateOpposite()
    {
        var command = new Command("uncordon", "Let services be started on a host again; starts none by itself")
        {
            _host,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, reason: null, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, string? reason, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(_host);
        await using var scope = await HostArgument.OpenAsync(context, parsed, name, cancellationToken);
        await Cordoning.SetAsync(scope, reason, reason is null ? "uncordon" : "cordon", cancellationToken);
        await context.Terminal.Error.WriteLineAsync(
            reason is null
                ? $"{name} is not cordoned any more; redbctl start '{name}/*' starts what is stopped there"
                : $"{name} is cordoned: what runs goes on, and nothing is started without --force"
        );
        return (int)ExitCode.Done;
    }
}
