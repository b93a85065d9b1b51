using System.CommandLine;
using Redb.Keyring;

namespace Redb.Cli.Commands.Keyrings;

/// <summary><c>redbctl keyring set</c>.</summary>
internal sealed class KeyringSetCommand(CommandContext context)
{
    /// <summary>The verb with its arguments.</summary>
    public Command Create()
    {
        var command = new Command(
            "set",
            "Keep a secret: it is asked for unseen, or read from standard input. A secret of the group is written under each of its names"
        )
        {
            KeyringOptions.Service,
            KeyringOptions.User,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = KeyringOptions.NameIn(parsed);
        var (keyring, _) = await new KeyringAccess(context).OpenAsync(
            parsed,
            static request => request with { Generates = true },
            cancellationToken
        );
        var secret = await new SecretInput(context.Terminal).ReadAsync("Secret", isNew: true, cancellationToken);
        await keyring.SetAsync([new KeyringEntry(name, secret)], cancellationToken);
        await context.Terminal.Error.WriteLineAsync($"'{name}' is kept by {keyring.Store.Description}");
        return (int)ExitCode.Done;
    }
}
