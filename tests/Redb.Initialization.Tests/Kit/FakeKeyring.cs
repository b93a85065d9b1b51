using System.Collections.Immutable;
using Redb.Initialization.Keyring;
using Redb.Keyring.Names;

namespace Redb.Initialization.Tests.Kit;

/// <summary>A keyring in memory in which every secret has two places, written one after the other.</summary>
internal sealed class FakeKeyring(Fate fate) : INodeKeyring
{
    public Dictionary<SecretName, string?[]> Entries { get; } = [];

    public string MasterPassword => IsCreated ? "master" : "";

    public ImmutableArray<string> Notices { get; init; } = [];

    public bool IsCreated { get; set; }

    /// <summary>Thrown at every touch, where there is one.</summary>
    public Failure? Refusal { get; set; }

    public Task<KeyringStanding> LookAsync(CancellationToken cancellationToken)
    {
        Touch();
        return Task.FromResult(
            IsCreated ? new KeyringStanding(true, "it opens") : new KeyringStanding(false, "create the keyring")
        );
    }

    public Task CreateAsync(CancellationToken cancellationToken)
    {
        Touch();
        IsCreated = true;
        fate.Pass();
        return Task.CompletedTask;
    }

    public Task<SecretStanding> ReadAsync(SecretName name, CancellationToken cancellationToken)
    {
        Touch();
        var names = Entries.GetValueOrDefault(name) ?? [null, null];
        var value = names[0] ?? names[1];
        return Task.FromResult(new SecretStanding(value, names[0] == names[1] && value is not null));
    }

    public Task WriteAsync(SecretName name, string value, CancellationToken cancellationToken)
    {
        IsCreated.Should().BeTrue("a keyring is created before it is written to");
        Entries.TryAdd(name, [null, null]);
        for (var place = 0; place < 2; place++)
        {
            Touch();
            Entries[name][place] = value;
        }

        fate.Pass();
        return Task.CompletedTask;
    }

    public Task DeleteAsync(SecretName name, CancellationToken cancellationToken)
    {
        for (var place = 0; place < 2 && Entries.ContainsKey(name); place++)
        {
            Touch();
            Entries[name][place] = null;
        }

        Entries.Remove(name);
        fate.Pass();
        return Task.CompletedTask;
    }

    public Task<IDisposable> HoldPasswordAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IDisposable>(new StringReader(""));

    private void Touch()
    {
        fate.Pass();
        if (Refusal is not null)
        {
            throw new InitializationException(Refusal);
        }
    }
}
