using Redb.Keyring.Files;

namespace Redb.Keyring.MasterPasswords;

/// <summary>Finds the master password of a group.</summary>
internal static class MasterPasswordSearch
{
    /// <summary>The password: the configured one, else the generated one, else with <c>--dev</c> the well-known one.</summary>
    /// <param name="configured">As configured; empty for none.</param>
    /// <param name="keyring">The group's own keyring file, absolute.</param>
    /// <param name="isDev">Whether the well-known password may be used.</param>
    /// <param name="options">How files are treated.</param>
    public static MasterPassword? Find(string configured, string keyring, bool isDev, KeyringFileOptions options) =>
        configured.Length > 0 ? new(new(configured), MasterPasswordSource.Configured)
        : MasterPasswordFile.Read(keyring, options) is { } generated ? new(generated, MasterPasswordSource.Generated)
        : isDev ? MasterPassword.WellKnown
        : null;

    /// <summary>Generates a password for a keyring that does not exist yet, unless somebody else was quicker.</summary>
    /// <returns>The password; null when a keyring exists already: a new password would not open it.</returns>
    public static async Task<MasterPassword?> GenerateAsync(
        string keyring,
        KeyringFileOptions options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var held = await FileLock.TakeAsync(keyring, options, time, cancellationToken);
        if (MasterPasswordFile.Read(keyring, options) is { } existing)
        {
            return new(existing, MasterPasswordSource.Generated);
        }

        if (SafeFile.Read(keyring) is not null)
        {
            return null;
        }

        var password = MasterPasswordFile.Generate();
        MasterPasswordFile.Write(keyring, password);
        return new(password, MasterPasswordSource.Generated);
    }
}
