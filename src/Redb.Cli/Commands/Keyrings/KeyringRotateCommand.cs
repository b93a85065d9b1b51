using System.CommandLine;
using Redb.Keyring.MasterPasswords;
using Redb.Keyring.Rotation;

namespace Redb.Cli.Commands.Keyrings;

/// <summary><c>redbctl keyring rotate</c>: another master password for everything.</summary>
internal sealed class KeyringRotateCommand(CommandContext context)
{
    private readonly Option<bool> _ask = new("--ask")
    {
        Description = "Ask for the new master password, or read it from standard input, where one would be generated",
    };

    /// <summary>The verb with its option.</summary>
    public Command Create()
    {
        var command = new Command(
            "rotate",
            "Seal everything under a new master password; finishes a rotation that was interrupted. A configured password is asked for, a generated one generated"
        )
        {
            _ask,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (keyring, _) = await new KeyringAccess(context).OpenAsync(
            parsed,
            static request => request with { IsRotating = true },
            cancellationToken
        );
        var rotation = keyring.CreateRotation();
        var isConfigured = keyring.MasterPassword?.Source == MasterPasswordSource.Configured;
        var wanted =
            (isConfigured || parsed.GetValue(_ask)) && !KeyringRotation.IsUnfinished(keyring.Places.Paths.Own)
                ? await new SecretInput(context.Terminal).ReadAsync(
                    "New master password",
                    isNew: true,
                    cancellationToken
                )
                : null;
        var foreign = 0;
        await foreach (var step in rotation.RunAsync(wanted, cancellationToken))
        {
            foreign += step is RotationStep.Resealed file ? file.Foreign.Length : 0;
            await TellAsync(step);
        }

        await context.Terminal.Error.WriteLineAsync(
            isConfigured
                ? "the old master password opens nothing any more: set REDB_KEYRING_PASSWORD to the new one, then restart supervisor and services"
                : "the old master password opens nothing any more; services learn the new one when they are restarted: redbctl supervisor restart && redbctl restart"
        );
        return (int)(foreign == 0 ? ExitCode.Done : ExitCode.PartlyDone);
    }

    private async Task TellAsync(RotationStep step)
    {
        var error = context.Terminal.Error;
        switch (step)
        {
            case RotationStep.Begun { IsResumed: true }:
                await error.WriteLineAsync("a rotation that was interrupted is finished");
                break;
            case RotationStep.Resealed file when file.Count > 0 || file.Foreign.Length > 0:
                await error.WriteLineAsync($"{file.File}: {file.Count} entries sealed anew");
                foreach (var name in file.Foreign)
                {
                    await error.WriteLineAsync(
                        $"{file.File}: '{name}' opens with neither password and stays as it is; write it again with redbctl keyring set"
                    );
                }

                break;
            case RotationStep.PasswordKept kept:
                await error.WriteLineAsync($"{kept.File}: the new master password; keep a copy of it");
                break;
            default:
                break;
        }
    }
}
