using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Redb.Keyring.Platforms.Keychain;

/// <summary>The login keychain of macOS through <c>/usr/bin/security</c>, with the conventions of zalando/go-keyring: contract, section 5.5.</summary>
/// <param name="timeout">Longest wait for one answer.</param>
/// <param name="time">The clock of that wait.</param>
internal sealed class MacKeychain(TimeSpan timeout, TimeProvider time) : ISystemKeyring
{
    private const string Program = "/usr/bin/security";

    // errSecItemNotFound, as an exit code.
    private const int NotFound = 44;

    private static readonly KeyringEntry s_probe = new(new("redb-test", "test-key"), new("test-value"));

    public string Description => "the keychain of macOS";

    public async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SetAsync([s_probe], cancellationToken);
            return await DeleteAsync([s_probe.Name], cancellationToken) == 1
                ? null
                : $"{Description} does not keep what it was given";
        }
        catch (KeyringException refusal)
        {
            return refusal.Cause;
        }
    }

    public async Task<Secret?> GetAsync(EntryName name, CancellationToken cancellationToken)
    {
        var (code, output) = await RunAsync(
            ["find-generic-password", "-s", name.Service, "-wa", name.User],
            "",
            cancellationToken
        );
        return code == NotFound ? null : KeychainText.Decode(Checked(code, output).TrimEnd('\n'));
    }

    public async Task SetAsync(IReadOnlyCollection<KeyringEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            var command = KeychainText.Add(entry);
            if (Encoding.UTF8.GetByteCount(command) > KeychainText.MostCommandBytes)
            {
                throw new KeyringException(
                    KeyringFault.Unsuitable,
                    $"'{entry.Name}' was not written",
                    $"{Description} takes no command longer than {KeychainText.MostCommandBytes} bytes",
                    "set keyring.backend to file"
                );
            }

            var (code, output) = await RunAsync(["-i"], command, cancellationToken);
            _ = Checked(code, output);
        }
    }

    public async Task<int> DeleteAsync(IReadOnlyCollection<EntryName> names, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var name in names)
        {
            var (code, output) = await RunAsync(
                ["delete-generic-password", "-s", name.Service, "-a", name.User],
                "",
                cancellationToken
            );
            if (code != NotFound)
            {
                _ = Checked(code, output);
                deleted++;
            }
        }

        return deleted;
    }

    public async Task<ImmutableArray<EntryName>> ListAsync(CancellationToken cancellationToken)
    {
        var (code, output) = await RunAsync(["dump-keychain"], "", cancellationToken);
        return KeychainText.Names(Checked(code, output));
    }

    // What it printed may be the secret, so only the code is told.
    private string Checked(int code, string output) =>
        code == 0
            ? output
            : throw Unavailable(
                $"{Program} ended with {code}",
                "unlock the login keychain, or set keyring.backend to file"
            );

    private async Task<(int Code, string Output)> RunAsync(
        IEnumerable<string> arguments,
        string input,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var process = Process.Start(start)!;
            await using var stop = either.Token.Register(() => process.Kill());
            await process.StandardInput.WriteAsync(input.AsMemory(), either.Token);
            process.StandardInput.Close();
            var complaints = process.StandardError.ReadToEndAsync(either.Token);
            var output = await process.StandardOutput.ReadToEndAsync(either.Token);
            _ = await complaints;
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, output);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw Unavailable(
                $"{Program} did not answer within {timeout}",
                "unlock the login keychain, or set keyring.backend to file"
            );
        }
        catch (Win32Exception error)
        {
            throw Unavailable($"{Program} cannot be run: {error.Message}", "set keyring.backend to file");
        }
    }

    private KeyringException Unavailable(string cause, string next) =>
        new(KeyringFault.Unavailable, $"{Description} is not used", cause, next);
}
