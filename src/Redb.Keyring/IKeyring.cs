using System.Collections.Immutable;

namespace Redb.Keyring;

/// <summary>One place where secrets are kept. Its methods throw <see cref="KeyringException"/> for whatever the world refuses.</summary>
public interface IKeyring
{
    /// <summary>Which place this is, for people.</summary>
    string Description { get; }

    /// <summary>The secret of this name; null when there is none.</summary>
    Task<Secret?> GetAsync(EntryName name, CancellationToken cancellationToken);

    /// <summary>Keeps secrets, in place of what had their names. A file takes all of them or none; a system keyring takes one after the other.</summary>
    Task SetAsync(IReadOnlyCollection<KeyringEntry> entries, CancellationToken cancellationToken);

    /// <summary>Forgets entries.</summary>
    /// <returns>How many of them there were.</returns>
    Task<int> DeleteAsync(IReadOnlyCollection<EntryName> names, CancellationToken cancellationToken);

    /// <summary>The names of all entries, in alphabetical order.</summary>
    Task<ImmutableArray<EntryName>> ListAsync(CancellationToken cancellationToken);
}
