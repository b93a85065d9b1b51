using System.CommandLine;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;
using Redb.Keyring;

namespace Redb.Cli.Commands.Keyrings;

/// <summary><c>redbctl keyring get</c>: the one verb that shows a secret.</summary>
internal sealed class KeyringGetCommand(CommandContext context)
{
    /// <summary>The verb with its arguments.</summary>
    public Command Create()
    {
        var command = new Command("get", "Print the secret of one entry")
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
        var secret = keyring.KnownAs(name) is { } known
            ? await keyring.GetAsync(known, cancellationToken)
            : await keyring.Store.GetAsync(name, cancellationToken);
        if (secret is null)
        {
            throw NotThere(name, keyring);
        }

        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, new SecretDocument(name.Service, name.User, secret.Reveal()));
        }
        else
        {
            await context.Terminal.Output.WriteLineAsync(secret.Reveal());
        }

        return (int)ExitCode.Done;
    }

    /// <summary>The failure for an entry that is not there.</summary>
    public static CommandFailure NotThere(EntryName name, GroupKeyring keyring) =>
        new(
            ExitCode.NotFound,
            $"there is no entry '{name}'",
            $"{keyring.Store.Description} has none of this name",
            "redbctl keyring list"
        );
}
