using System.Collections.Immutable;
using Redb.Keyring.MasterPasswords;
using Redb.Keyring.Names;
using Redb.Keyring.Rotation;

namespace Redb.Keyring;

/// <summary>The secrets of one group, each written wherever a program of the group looks for it.</summary>
/// <remarks>Writing several files is not one step. They are written in the order in which they are asked, and
/// <see cref="EnsureAsync"/> brings those in line that an interrupted writer left behind.</remarks>
public sealed class GroupKeyring
{
    private readonly SecretPlaces _places;
    private readonly Func<string, IKeyring> _storeOf;
    private readonly Func<string, CancellationToken, Task<IDisposable>> _hold;

    internal GroupKeyring(
        KeyringBackend backend,
        SecretPlaces places,
        Func<string, IKeyring> storeOf,
        Func<string, CancellationToken, Task<IDisposable>> hold
    )
    {
        Backend = backend;
        _places = places;
        _storeOf = storeOf;
        _hold = hold;
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

    /// <summary>Makes a change of the master password, by the one that is known now; null where there is no such password.</summary>
    internal Func<MasterPassword, KeyringRotation>? Rotates { get; init; }

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

    /// <summary>Whether a secret stands at all its places.</summary>
    public async Task<bool> StandsAsync(SecretName name, Secret secret, CancellationToken cancellationToken)
    {
        foreach (var place in _places.Of(name))
        {
            if (!secret.Equals(await _storeOf(place.File).GetAsync(place.Name, cancellationToken)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Keeps a secret, at all its places.</summary>
    public Task SetAsync(SecretName name, Secret secret, CancellationToken cancellationToken) =>
        PutAsync([.. _places.Of(name).Select(place => (place, secret))], cancellationToken);

    /// <summary>Keeps entries: what is a secret of the group at all its places, whatever else in its own store.</summary>
    public Task SetAsync(IReadOnlyCollection<KeyringEntry> entries, CancellationToken cancellationToken) =>
        PutAsync(
            [
                .. entries.SelectMany(
                    entry =>
                        KnownAs(entry.Name) is { } known
                            ? _places.Of(known)
                            : [new SecretPlace(_places.Paths.Own, entry.Name)],
                    (entry, place) => (place, entry.Secret)
                ),
            ],
            cancellationToken
        );

    /// <summary>The names of what the group keeps, in alphabetical order: in a file everything, in a system keyring what is named as the group's.</summary>
    public async Task<ImmutableArray<EntryName>> ListAsync(CancellationToken cancellationToken)
    {
        var all = await Store.ListAsync(cancellationToken);
        return Backend == KeyringBackend.File ? all : [.. all.Where(name => IsOurs(name, all))];
    }

    /// <summary>Everything the group keeps, each secret as it holds.</summary>
    public async Task<ImmutableArray<KeyringEntry>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var entries = ImmutableArray.CreateBuilder<KeyringEntry>();
        foreach (var name in await ListAsync(cancellationToken))
        {
            var secret = KnownAs(name) is { } known
                ? await GetAsync(known, cancellationToken)
                : await Store.GetAsync(name, cancellationToken);
            if (secret is not null)
            {
                entries.Add(new(name, secret));
            }
        }

        return entries.ToImmutable();
    }

    /// <summary>Which secret of the group an entry is, under whichever of its names; null when it is none.</summary>
    public SecretName? KnownAs(EntryName name) =>
        SecretName.OfUser(name.User) is { } secret && _places.Of(secret).Any(place => place.Name == name)
            ? secret
            : null;

    /// <summary>The secret that is there, else a generated one; afterwards it stands at all its places. Writes nothing when that is so already.</summary>
    public async Task<Secret> EnsureAsync(SecretName name, Func<Secret> generate, CancellationToken cancellationToken)
    {
        var secret = await GetAsync(name, cancellationToken) ?? generate();
        await SetAsync(name, secret, cancellationToken);
        return secret;
    }

    /// <summary>Keeps other processes of this machine from the same work until it is disposed of, or the process ends. Reading and writing go on.</summary>
    /// <param name="work">Name of the work, which becomes part of the name of a file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyringException">Another process was at it for all of the time.</exception>
    public Task<IDisposable> HoldAsync(string work, CancellationToken cancellationToken) =>
        _hold(work, cancellationToken);

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

    /// <summary>A change of the master password. Where none is known, the well-known one is tried as the old one.</summary>
    public KeyringRotation CreateRotation() =>
        Rotates?.Invoke(MasterPassword ?? MasterPassword.WellKnown)
        ?? throw new KeyringException(
            KeyringFault.Unsuitable,
            "there is no master password to change",
            $"the secrets are kept by {Store.Description}, which has a password of its own",
            "change that one with the means of the system"
        );

    // In a system keyring the names that know no group stand side by side; the name with the group says whose tenant it is.
    private bool IsOurs(EntryName name, ImmutableArray<EntryName> all) =>
        KnownAs(name) is { } known
        && _places.Of(known).Any(place => place.File == _places.Paths.Own && all.Contains(place.Name));

    private async Task PutAsync(
        IReadOnlyCollection<(SecretPlace Place, Secret Secret)> wanted,
        CancellationToken cancellationToken
    )
    {
        foreach (var file in wanted.GroupBy(put => put.Place.File, StringComparer.Ordinal))
        {
            var entries = file.Select(put => new KeyringEntry(put.Place.Name, put.Secret)).Distinct().ToList();
            await _storeOf(file.Key).SetAsync(entries, cancellationToken);
        }
    }
}
