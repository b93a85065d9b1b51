using System.CommandLine;
using Redb.Keyring;
using Redb.Keyring.Exports;

namespace Redb.Cli.Commands.Keyrings;

/// <summary><c>redbctl keyring import</c>: what an export holds, back into a keyring.</summary>
internal sealed class KeyringImportCommand(CommandContext context)
{
    private readonly Argument<string> _file = new("FILE") { Description = "File that redbctl keyring export wrote" };

    private readonly Option<bool> _overwrites = new("--overwrite")
    {
        Description = "Replace entries that hold something else now",
    };

    /// <summary>The verb with its argument and option.</summary>
    public Command Create()
    {
        var command = new Command(
            "import",
            "Keep what an export holds; its password is asked for or read from standard input. Entries that hold something else are left alone"
        )
        {
            _file,
            _overwrites,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(_file);
        var text = await ReadAsync(file, cancellationToken);
        var (keyring, _) = await new KeyringAccess(context).OpenAsync(
            parsed,
            static request => request with { Generates = true },
            cancellationToken
        );
        var password = await new SecretInput(context.Terminal).ReadAsync(
            "Password of the export",
            isNew: false,
            cancellationToken
        );
        var entries = KeyringExport.Read(file, text, password);
        var others = parsed.GetValue(_overwrites) ? [] : await OthersAsync(keyring, entries, cancellationToken);
        if (others.Count > 0)
        {
            throw new CommandFailure(
                ExitCode.Conflict,
                "nothing was imported",
                $"{others.Count} of {entries.Length} entries hold something else now: {string.Join(", ", others)}",
                "--overwrite replaces them; redbctl keyring export keeps what is there now"
            );
        }

        await keyring.SetAsync(entries, cancellationToken);
        await context.Terminal.Error.WriteLineAsync(
            $"{entries.Length} entries of {file} are kept by {keyring.Store.Description}"
        );
        return (int)ExitCode.Done;
    }

    private static async Task<List<EntryName>> OthersAsync(
        GroupKeyring keyring,
        IReadOnlyCollection<KeyringEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var others = new List<EntryName>();
        foreach (var (name, secret) in entries)
        {
            var present = keyring.KnownAs(name) is { } known
                ? await keyring.GetAsync(known, cancellationToken)
                : await keyring.Store.GetAsync(name, cancellationToken);
            if (present is not null && !present.Equals(secret))
            {
                others.Add(name);
            }
        }

        return others;
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                error is FileNotFoundException or DirectoryNotFoundException ? ExitCode.NotFound
                    : error is UnauthorizedAccessException ? ExitCode.PermissionDenied
                    : ExitCode.Failed,
                $"{file} was not opened",
                error.Message,
                "name the file that redbctl keyring export wrote"
            );
        }
    }
}
