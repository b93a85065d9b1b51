using System.CommandLine;

namespace Redb.Cli.Commands.Keyrings;

/// <summary><c>redbctl keyring delete</c>.</summary>
internal sealed class KeyringDeleteCommand(CommandContext context)
{
    /// <summary>The verb with its arguments.</summary>
    public Command Create()
    {
        var command = new Command(
            "delete",
            "Forget an entry; a secret of the group is forgotten under each of its names"
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
            static request => request,
            cancellationToken
        );
        var isDeleted = keyring.KnownAs(name) is { } known
            ? await keyring.DeleteAsync(known, cancellationToken)
            : await keyring.Store.DeleteAsync([name], cancellationToken) > 0;
        if (!isDeleted)
        {
            throw KeyringGetCommand.NotThere(name, keyring);
        }

        await context.Terminal.Error.WriteLineAsync($"'{name}' is gone from {keyring.Store.Description}");
        return (int)ExitCode.Done;
    }
}
