using System.Collections.Immutable;
using Redb.Keyring.MasterPasswords;

namespace Redb.Keyring.Files;

/// <summary>A keyring in a file that unmodified services read and write, too: contract, section 5.2.</summary>
/// <remarks>Readers take no lock: a file is always replaced as a whole. Entry names stand in it in clear, and nothing binds a
/// secret to its name: that is how the format is.</remarks>
/// <param name="path">The file, absolute.</param>
/// <param name="password">The master password; null when there is none, and then only names can be listed.</param>
/// <param name="options">How it is treated.</param>
/// <param name="time">The clock of its waits.</param>
public sealed class KeyringFile(string path, Secret? password, KeyringFileOptions options, TimeProvider time) : IKeyring
{
    private static readonly TimeSpan s_tornReadPause = TimeSpan.FromMilliseconds(20);

    /// <summary>The file, absolute.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public string Description => $"the keyring file {Path}";

    /// <inheritdoc/>
    public async Task<Secret?> GetAsync(EntryName name, CancellationToken cancellationToken)
    {
        var document = await ReadAsync(cancellationToken);
        return document?.Find(name) is { } sealedSecret ? Open(document, name, sealedSecret) : null;
    }

    /// <inheritdoc/>
    public async Task SetAsync(IReadOnlyCollection<KeyringEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            CheckName(entry.Name);
        }

        using var held = await FileLock.TakeAsync(Path, options, time, cancellationToken);
        var document = await ReadAsync(cancellationToken) ?? KeyringDocument.Empty();
        var key = password ?? throw NoPassword();
        RefuseForeign(document, key);
        var changed = entries.Where(entry => !Holds(document, key, entry)).ToList();
        foreach (var (name, secret) in changed)
        {
            document.Put(name, Seal.Close(key, secret));
        }

        if (changed.Count > 0)
        {
            SafeFile.Replace(Path, document.ToText());
        }
    }

    /// <inheritdoc/>
    public async Task<int> DeleteAsync(IReadOnlyCollection<EntryName> names, CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is null)
        {
            return 0;
        }

        using var held = await FileLock.TakeAsync(Path, options, time, cancellationToken);
        var document = await ReadAsync(cancellationToken) ?? KeyringDocument.Empty();
        var deleted = names.Count(document.Remove);
        if (deleted > 0)
        {
            SafeFile.Replace(Path, document.ToText());
        }

        return deleted;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<EntryName>> ListAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken))?.Names ?? [];

    /// <summary>Throws when the file has entries and none of them opens.</summary>
    internal async Task CheckPasswordAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is { } document)
        {
            RefuseForeign(document, password ?? throw NoPassword());
        }
    }

    /// <summary>Seals entries anew under another master password: all that are meant or none. Those that open with the new one already stay.</summary>
    /// <param name="next">The new master password.</param>
    /// <param name="isMeant">Which entries; the others stay as they are.</param>
    /// <param name="held">The file's lock, where the caller holds it already.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    internal async Task<Rewrapped> RewrapAsync(
        Secret next,
        Func<EntryName, bool> isMeant,
        FileLock? held,
        CancellationToken cancellationToken
    )
    {
        if (await ReadAsync(cancellationToken) is null)
        {
            return new(0, []);
        }

        using var taken = held is null ? await FileLock.TakeAsync(Path, options, time, cancellationToken) : null;
        var document = await ReadAsync(cancellationToken) ?? KeyringDocument.Empty();
        var foreign = ImmutableArray.CreateBuilder<EntryName>();
        var count = 0;
        foreach (var name in document.Names.Where(isMeant))
        {
            var sealedSecret = document.Find(name)!;
            if (Seal.Open(next, sealedSecret) is not null)
            {
                continue;
            }

            if (password is not null && Seal.Open(password, sealedSecret) is { } secret)
            {
                document.Put(name, Seal.Close(next, secret));
                count++;
            }
            else
            {
                foreign.Add(name);
            }
        }

        // Also when nothing changed: what a killed writer left beside it may be of the time before.
        SafeFile.Replace(Path, document.ToText());
        return new(count, foreign.ToImmutable());
    }

    private static void CheckName(EntryName name)
    {
        if (name.Service.Length == 0 || name.User.Length == 0 || name.Service.Contains(':', StringComparison.Ordinal))
        {
            throw new KeyringException(
                KeyringFault.Unsuitable,
                $"'{name}' was not written",
                "a file joins service and user with a colon: both must say something, and the service must be without one",
                "choose another name; keyring.service_name is where our own services' names begin"
            );
        }
    }

    private static bool Holds(KeyringDocument document, Secret key, KeyringEntry entry) =>
        document.Find(entry.Name) is { } sealedSecret && entry.Secret.Equals(Seal.Open(key, sealedSecret));

    private async Task<KeyringDocument?> ReadAsync(CancellationToken cancellationToken)
    {
        Permissions.CheckFolder(System.IO.Path.GetDirectoryName(Path)!, options.IsFolderOwn);
        var began = time.GetTimestamp();
        while (true)
        {
            if (SafeFile.Read(Path) is not { } text)
            {
                return null;
            }

            try
            {
                return KeyringDocument.Parse(text);
            }
            catch (DamagedKeyringException damage)
            {
                if (time.GetElapsedTime(began) >= options.TornReadPatience)
                {
                    throw new KeyringException(
                        KeyringFault.Damaged,
                        $"{Path} is not used, and not written to",
                        damage.Message,
                        "restore it from a backup (redbctl keyring import FILE after moving it aside); nothing was changed"
                    );
                }
            }

            await Task.Delay(s_tornReadPause, time, cancellationToken);
        }
    }

    private Secret? Open(KeyringDocument document, EntryName name, byte[] sealedSecret)
    {
        var key = password ?? throw NoPassword();
        return Seal.Open(key, sealedSecret)
            ?? (options.HoldsOthers ? null : throw DoesNotOpen(document, key, name, sealedSecret));
    }

    // With one entry nobody can tell a wrong password from damage; the other entries can.
    private KeyringException DoesNotOpen(KeyringDocument document, Secret key, EntryName name, byte[] sealedSecret)
    {
        if (sealedSecret.Length < Seal.NonceBytes + Seal.TagBytes)
        {
            return new(
                KeyringFault.Damaged,
                $"'{name}' in {Path} cannot be read",
                "what is kept there is no sealed secret",
                $"write it again: redbctl keyring set {name.Service} {name.User}"
            );
        }

        var others = document.Names.Where(other => other != name).ToList();
        var opened = others.Count(other => Seal.Open(key, document.Find(other)!) is not null);
        return opened > 0
            ? new(
                KeyringFault.Damaged,
                $"'{name}' in {Path} cannot be read",
                $"{opened} of the other {others.Count} entries open with the master password and this one does not: it is damaged, or somebody wrote it with another password",
                $"write it again: redbctl keyring set {name.Service} {name.User}"
            )
            : WrongPassword($"'{name}' in {Path} cannot be read", others.Count + 1);
    }

    private void RefuseForeign(KeyringDocument document, Secret key)
    {
        var names = document.Names;
        if (
            !options.HoldsOthers
            && names.Length > 0
            && !names.Any(name => Seal.Open(key, document.Find(name)!) is not null)
        )
        {
            throw WrongPassword($"{Path} was not written", names.Length);
        }
    }

    private static KeyringException WrongPassword(string what, int entries) =>
        new(
            KeyringFault.WrongPassword,
            what,
            entries == 1
                ? "the only entry does not open with this master password"
                : $"none of the {entries} entries opens with this master password",
            "set REDB_KEYRING_PASSWORD to the one it was written with; redbctl keyring rotate changes it"
        );

    private KeyringException NoPassword() =>
        new(
            KeyringFault.NoPassword,
            $"the secrets in {Path} stay closed",
            $"no master password is configured, and none stands in {MasterPasswordFile.Beside(Path)}",
            "set REDB_KEYRING_PASSWORD; a keyring of reDB's well-known default password opens with --dev, and gets one of its own by redbctl keyring rotate"
        );
}
