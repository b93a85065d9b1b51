using System.Collections.Immutable;

namespace Redb.Keyring.Tests.Kit;

/// <summary>A system keyring in memory; one that does not answer where a reason is given.</summary>
internal sealed class FakeSystem(string? silence = null) : ISystemKeyring
{
    private readonly Dictionary<EntryName, Secret> _entries = [];

    public string Description => "the fake keyring";

    public Task<string?> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult(silence);

    public Task<Secret?> GetAsync(EntryName name, CancellationToken cancellationToken) =>
        Task.FromResult(_entries.GetValueOrDefault(name));

    public Task SetAsync(IReadOnlyCollection<KeyringEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var (name, secret) in entries)
        {
            _entries[name] = secret;
        }

        return Task.CompletedTask;
    }

    public Task<int> DeleteAsync(IReadOnlyCollection<EntryName> names, CancellationToken cancellationToken) =>
        Task.FromResult(names.Count(_entries.Remove));

    public Task<ImmutableArray<EntryName>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_entries.Keys.OrderBy(name => name.ToString(), StringComparer.Ordinal).ToImmutableArray());
}
