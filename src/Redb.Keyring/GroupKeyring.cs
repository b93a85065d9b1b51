using System.Collections.Immutable;
using Redb.Keyring.MasterPasswords;
using Redb.Keyring.Names;

namespace Redb.Keyring;

/// <summary>The secrets of one group, each written wherever a program of the group looks for it.</summary>
/// <remarks>Writing several files is not one step. They are written in the order in which they are asked, and
/// <see cref="EnsureAsync"/> brings those in line that an interrupted writer left behind.</remarks>
public sealed class GroupKeyring
{
    private readonly SecretPlaces _places;
    private readonly Func<string, IKeyring> _storeOf;

    internal GroupKeyring(KeyringBackend backend, SecretPlaces places, Func<string, IKeyring> storeOf)
    {
        Backend = backend;
        _places = places;
        _storeOf = storeOf;
        Store = storeOf(places.Paths.Own);
    }

    /// <summary>Where the secrets are kept.</summary>
    public KeyringBackend Backend { get; }

    /// <summary>The group's own store, with every entry in it, also those that are no secrets of the group.</summary>
    public IKeyring Store { get; }

    /// <summary>What its files are sealed with, which services need as <c>REDB_KEYRING_PASSWORD</c>; null where there is none: in a system keyring, and where nothing was written yet.</summary>
    public MasterPassword? MasterPassword { get; internal init; }

    /// <summary>Sentences for people on what was chosen and why.</summary>
    public ImmutableArray<string> Notices { get; internal init; } = [];

    /// <summary>Where secrets stand, and under which names.</summary>
    public SecretPlaces Places => _places;

    /// <summary>The secret; null when there is none.</summary>
    public async Task<Secret?> GetAsync(SecretName name, CancellationToken cancellationToken)
    {
        foreach (var place in _places.Of(name))
        {
            if (await _storeOf(place.File).GetAsync(place.Name, cancellationToken) is { } secret)
            {
                return secret;
            }
        }

        return null;
    }

    /// <summary>Keeps a secret, at all its places.</summary>
    public async Task SetAsync(SecretName name, Secret secret, CancellationToken cancellationToken)
    {
        foreach (var file in _places.Of(name).GroupBy(place => place.File, StringComparer.Ordinal))
        {
            var entries = file.Select(place => new KeyringEntry(place.Name, secret)).Distinct().ToList();
            await _storeOf(file.Key).SetAsync(entries, cancellationToken);
        }
    }

    /// <summary>The secret that is there, else a generated one; afterwards it stands at all its places. Writes nothing when that is so already.</summary>
    public async Task<Secret> EnsureAsync(SecretName name, Func<Secret> generate, CancellationToken cancellationToken)
    {
        var secret = await GetAsync(name, cancellationToken) ?? generate();
        await SetAsync(name, secret, cancellationToken);
        return secret;
    }

    /// <summary>Forgets a secret, at all its places.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteAsync(SecretName name, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var file in _places.Of(name).GroupBy(place => place.File, StringComparer.Ordinal))
        {
            deleted += await _storeOf(file.Key)
                .DeleteAsync([.. file.Select(place => place.Name).Distinct()], cancellationToken);
        }

        return deleted > 0;
    }
}
