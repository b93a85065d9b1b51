using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Redb.Keyring.Files;
using Redb.Keyring.MasterPasswords;
using Redb.Keyring.Names;

namespace Redb.Keyring.Rotation;

/// <summary>Seals everything of a group anew under another master password, in steps after each of which it may be killed.</summary>
/// <param name="paths">The group's files.</param>
/// <param name="password">The master password that is known: the old one, or after an interruption the new one.</param>
/// <param name="options">How the files are treated.</param>
/// <param name="time">The clock of every wait.</param>
public sealed class KeyringRotation(
    KeyringPaths paths,
    MasterPassword password,
    KeyringFileOptions options,
    TimeProvider time
)
{
    // Of what stands in the shared file only this is the group's: it has no group in its name.
    private const string SharedService = "redb-security";

    /// <summary>Whether a rotation of this keyring was begun and not finished.</summary>
    /// <param name="keyring">The group's own file.</param>
    public static bool IsUnfinished(string keyring) => File.Exists(RotationRecord.Beside(keyring));

    /// <summary>Rotates. A step is done when it is told; what was interrupted is finished with the password it was begun with.</summary>
    /// <param name="wanted">The new password; null for a generated one. Of no effect when an interrupted rotation is finished.</param>
    /// <param name="cancellationToken">Gives up between two steps.</param>
    public async IAsyncEnumerable<RotationStep> RunAsync(
        Secret? wanted,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var held = await FileLock.TakeAsync(paths.Own, options, time, cancellationToken);
        var record = RotationRecord.Read(paths.Own);
        var (previous, next) = record is null ? await BeginAsync(wanted, cancellationToken) : Resume(record);
        yield return new RotationStep.Begun(IsResumed: record is not null);

        var tenants = await TenantsAsync(previous, cancellationToken);
        foreach (var file in new[] { paths.Own, paths.Initializer, paths.Shared }.Distinct(StringComparer.Ordinal))
        {
            var isShared = file == paths.Shared && file != paths.Own;
            var result = await Of(file, previous)
                .RewrapAsync(
                    next,
                    name => !isShared || (name.Service == SharedService && tenants.Contains(name.User)),
                    file == paths.Own ? held : null,
                    cancellationToken
                );
            yield return new RotationStep.Resealed(file, result.Count, result.Foreign);
        }

        if (password.Source != MasterPasswordSource.Configured)
        {
            MasterPasswordFile.Write(paths.Own, next);
            yield return new RotationStep.PasswordKept(MasterPasswordFile.Beside(paths.Own));
        }

        SafeFile.Delete(RotationRecord.Beside(paths.Own));
        yield return new RotationStep.Finished();
    }

    private async Task<(Secret Previous, Secret Next)> BeginAsync(Secret? wanted, CancellationToken cancellationToken)
    {
        var next = wanted ?? MasterPasswordFile.Generate();
        if (next.Equals(password.Value))
        {
            throw new KeyringException(
                KeyringFault.Unsuitable,
                "the master password was not changed",
                "the new one is the old one",
                "choose another"
            );
        }

        await Of(paths.Own, password.Value).CheckPasswordAsync(cancellationToken);
        RotationRecord.Of(password.Value, next).Write(paths.Own);
        return (password.Value, next);
    }

    private (Secret Previous, Secret Next) Resume(RotationRecord record) =>
        record.Open(password.Value)
        ?? throw new KeyringException(
            KeyringFault.WrongPassword,
            "the rotation that was begun cannot be finished",
            "the master password that is configured is neither the old one nor the new one",
            "set REDB_KEYRING_PASSWORD to either of them, then redbctl keyring rotate"
        );

    private async Task<ImmutableHashSet<string>> TenantsAsync(Secret key, CancellationToken cancellationToken) =>
        [
            .. (await Of(paths.Own, key).ListAsync(cancellationToken))
                .Select(name => name.User)
                .Where(user => SecretName.OfUser(user)?.Realm == SecretRealm.Jwt),
        ];

    private KeyringFile Of(string file, Secret key) => new(file, key, options, time);
}
