using System.Collections.Immutable;
using Redb.Keyring.Names;

namespace Redb.Initialization.Keyring;

/// <summary>The keyring of one group, as initialization needs it. What it refuses is an <see cref="InitializationException"/>.</summary>
internal interface INodeKeyring
{
    /// <summary>What services need as <c>REDB_KEYRING_PASSWORD</c>, once it was looked at; empty for none.</summary>
    string MasterPassword { get; }

    /// <summary>Sentences for people on what was chosen and why, once it was looked at.</summary>
    ImmutableArray<string> Notices { get; }

    /// <summary>Whether it opens; changes nothing.</summary>
    Task<KeyringStanding> LookAsync(CancellationToken cancellationToken);

    /// <summary>Creates what is missing: a master key, folder and file.</summary>
    Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>Looks a secret up at all its places.</summary>
    Task<SecretStanding> ReadAsync(SecretName name, CancellationToken cancellationToken);

    /// <summary>Writes a secret to all its places; it is on the disk when this returns.</summary>
    Task WriteAsync(SecretName name, string value, CancellationToken cancellationToken);

    /// <summary>Forgets a secret at all its places.</summary>
    Task DeleteAsync(SecretName name, CancellationToken cancellationToken);

    /// <summary>Keeps other processes from changing the database password until it is disposed of, or the process ends.</summary>
    Task<IDisposable> HoldPasswordAsync(CancellationToken cancellationToken);
}
