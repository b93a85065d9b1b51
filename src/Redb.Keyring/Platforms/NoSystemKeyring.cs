using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Redb.Keyring.Platforms;

/// <summary>Stands for the keyring of a system whose keyring we do not know.</summary>
internal sealed class NoSystemKeyring : ISystemKeyring
{
    private static readonly string s_cause = $"no keyring of {RuntimeInformation.OSDescription} is known";

    public string Description => "the system's keyring";

    public Task<string?> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(s_cause);

    public Task<Secret?> GetAsync(EntryName name, CancellationToken cancellationToken) => throw Unavailable();

    public Task SetAsync(IReadOnlyCollection<KeyringEntry> entries, CancellationToken cancellationToken) =>
        throw Unavailable();

    public Task<int> DeleteAsync(IReadOnlyCollection<EntryName> names, CancellationToken cancellationToken) =>
        throw Unavailable();

    public Task<ImmutableArray<EntryName>> ListAsync(CancellationToken cancellationToken) => throw Unavailable();

    private static KeyringException Unavailable() =>
        new(KeyringFault.Unavailable, "the system's keyring is not used", s_cause, "set keyring.backend to file");
}
