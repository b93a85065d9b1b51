using System.CommandLine;
using Redb.Keyring;

namespace Redb.Cli.Commands.Keyrings;

/// <summary>Finds the configuration that is meant, and opens the keyring of its group. No supervisor needs to run.</summary>
/// <param name="context">What is known of the world.</param>
internal sealed class KeyringAccess(CommandContext context)
{
    /// <summary>Opens the keyring that a command line means.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="adjust">Says more on what for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyringException">It cannot be opened.</exception>
    public async Task<(GroupKeyring Keyring, KeyringRequest Request)> OpenAsync(
        ParseResult parsed,
        Func<KeyringRequest, KeyringRequest> adjust,
        CancellationToken cancellationToken
    )
    {
        // Secrets are in this process from here on.
        ProcessCores.Forbid();
        var group = new GroupFinder(context).Find(parsed);
        var request = adjust(
            KeyringRequest.OfProcess(group.Configuration) with
            {
                WorkingDirectory = group.WorkingDirectory,
                IsDev = parsed.GetValue(NodeOptions.IsDev),
            }
        );
        return (await OpenAsync(request, cancellationToken), request);
    }

    /// <summary>Opens a keyring and says on standard error what was chosen.</summary>
    public async Task<GroupKeyring> OpenAsync(KeyringRequest request, CancellationToken cancellationToken)
    {
        var keyring = await new KeyringOpener(context.Time).OpenAsync(request, cancellationToken);
        foreach (var notice in keyring.Notices)
        {
            await context.Terminal.Error.WriteLineAsync(notice);
        }

        return keyring;
    }
}
