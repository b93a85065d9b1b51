using System.CommandLine;
using Redb.Keyring;

namespace Redb.Cli.Commands.Keyrings;

/// <summary><c>redbctl keyring migrate</c>: from a file to the system's keyring, or back.</summary>
internal sealed class KeyringMigrateCommand(CommandContext context)
{
    private const string File = "file";
    private const string System = "system";

    private readonly Option<string> _to = CreateTo();

    private readonly Option<bool> _deletes = new("--delete")
    {
        Description = "Delete the entries where they were, once they are read back from where they are now",
    };

    /// <summary>The verb with its options.</summary>
    public Command Create()
    {
        var command = new Command("migrate", "Copy the secrets of a group to the other backend, and read them back")
        {
            _to,
            _deletes,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var to = parsed.GetRequiredValue(_to);
        var from = to == File ? System : File;
        var access = new KeyringAccess(context);
        var (source, request) = await access.OpenAsync(parsed, request => With(request, from), cancellationToken);
        var target = await access.OpenAsync(With(request, to) with { Generates = true }, cancellationToken);
        var entries = await source.ReadAllAsync(cancellationToken);
        await target.SetAsync(entries, cancellationToken);
        await CheckAsync(target, entries, cancellationToken);
        if (parsed.GetValue(_deletes))
        {
            await DeleteAsync(source, entries, cancellationToken);
        }

        await context.Terminal.Error.WriteLineAsync(
            $"{entries.Length} entries copied from {source.Store.Description} to {target.Store.Description} and read back; now set keyring.backend to {to}"
        );
        return (int)ExitCode.Done;
    }

    private static async Task CheckAsync(
        GroupKeyring target,
        IReadOnlyCollection<KeyringEntry> entries,
        CancellationToken cancellationToken
    )
    {
        foreach (var (name, secret) in entries)
        {
            if (!secret.Equals(await target.Store.GetAsync(name, cancellationToken)))
            {
                throw new CommandFailure(
                    ExitCode.Failed,
                    $"'{name}' was not copied",
                    $"{target.Store.Description} gives back something else than it was given",
                    "nothing was deleted; see what else writes there, and try again"
                );
            }
        }
    }

    private static async Task DeleteAsync(
        GroupKeyring source,
        IReadOnlyCollection<KeyringEntry> entries,
        CancellationToken cancellationToken
    )
    {
        foreach (var (name, _) in entries)
        {
            _ = source.KnownAs(name) is { } known
                ? await source.DeleteAsync(known, cancellationToken)
                : await source.Store.DeleteAsync([name], cancellationToken) > 0;
        }
    }

    private static KeyringRequest With(KeyringRequest request, string backend) =>
        request with
        {
            Configuration = request.Configuration with { Backend = backend },
        };

    private static Option<string> CreateTo()
    {
        var option = new Option<string>("--to")
        {
            Description = "Where to: file or system",
            HelpName = "BACKEND",
            Required = true,
        };
        return option.AcceptOnlyFromAmong(File, System);
    }
}
