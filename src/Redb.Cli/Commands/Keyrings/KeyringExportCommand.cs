using System.CommandLine;
using Redb.Keyring.Exports;

namespace Redb.Cli.Commands.Keyrings;

/// <summary><c>redbctl keyring export</c>: a backup that a password protects.</summary>
internal sealed class KeyringExportCommand(CommandContext context)
{
    private readonly Argument<string> _file = new("FILE") { Description = "File to write; it must not exist yet" };

    /// <summary>The verb with its argument.</summary>
    public Command Create()
    {
        var command = new Command(
            "export",
            "Write all secrets of the group into one file under a password of its own, which is asked for or read from standard input"
        )
        {
            _file,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(_file);
        var (keyring, request) = await new KeyringAccess(context).OpenAsync(
            parsed,
            static request => request,
            cancellationToken
        );
        var entries = await keyring.ReadAllAsync(cancellationToken);
        if (entries.IsEmpty)
        {
            throw new CommandFailure(
                ExitCode.NotFound,
                $"{file} was not written",
                $"{keyring.Store.Description} has no entries",
                "redbctl keyring list shows what there is; --config names another group"
            );
        }

        var password = await new SecretInput(context.Terminal).ReadAsync(
            "Password of the export",
            isNew: true,
            cancellationToken
        );
        Write(file, KeyringExport.Write(request.Group, entries, password, context.Time.GetUtcNow()));
        await context.Terminal.Error.WriteLineAsync(
            $"{entries.Length} entries of group {request.Group} are in {file}; redbctl keyring import reads it"
        );
        return (int)ExitCode.Done;
    }

    private static void Write(string file, byte[] text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var stream = new FileStream(file, options);
            try
            {
                stream.Write(text);
                stream.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                // Half a backup is worse than none.
                File.Delete(file);
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                error is UnauthorizedAccessException ? ExitCode.PermissionDenied : ExitCode.Failed,
                $"{file} was not written",
                error.Message,
                "choose a file that does not exist, in a folder with space that this user may write to"
            );
        }
    }
}
