using Redb.Initialization.Keyring;
using Redb.Keyring.Names;

namespace Redb.Initialization.Steps;

/// <summary>A pair of RSA keys in the keyring. The private one is written first and the public one made from it: a kill between the two leaves nothing that does not fit.</summary>
/// <param name="keyring">The keyring.</param>
/// <param name="names">What they are called.</param>
/// <param name="owner">Whose keys, for people.</param>
internal sealed class KeyPair(INodeKeyring keyring, (SecretName Private, SecretName Public) names, string owner)
{
    /// <summary>Whether both are there, everywhere, and fit.</summary>
    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken)
    {
        var own = await keyring.ReadAsync(names.Private, cancellationToken);
        var shown = await keyring.ReadAsync(names.Public, cancellationToken);
        if (own.Value is null)
        {
            return shown.Value is null
                ? new StepFinding.Open($"make the keys of {owner}")
                : new StepFinding.Blocked(Lost("the private key is missing, and the public one is there"));
        }

        var expected = FreshSecrets.PublicKeyOf(own.Value);
        return expected is null ? new StepFinding.Blocked(Lost("the private key is no RSA key in PEM"))
            : shown.Value is { } known && known.Trim() != expected.Trim()
                ? new StepFinding.Blocked(Lost("the public key belongs to another private key"))
            : own.IsEverywhere && shown is { Value: not null, IsEverywhere: true }
                ? new StepFinding.Fulfilled($"the keyring has the keys of {owner}")
            : new StepFinding.Open($"keep the keys of {owner} under every name they are read by");
    }

    /// <summary>Makes what is missing; what is there stays.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var own = await keyring.ReadAsync(names.Private, cancellationToken);
        var shown = await keyring.ReadAsync(names.Public, cancellationToken);
        var key = own.Value ?? FreshSecrets.PrivateKey();
        if (!own.IsEverywhere)
        {
            await keyring.WriteAsync(names.Private, key, cancellationToken);
        }

        if (!shown.IsEverywhere)
        {
            var made = shown.Value ?? FreshSecrets.PublicKeyOf(key)!;
            await keyring.WriteAsync(names.Public, made, cancellationToken);
        }
    }

    // New keys would make everything that was encrypted with the old ones unreadable (fault 53).
    private Failure Lost(string cause) =>
        new(
            FailureKind.Conflict,
            $"the keys of {owner} in the keyring do not fit together",
            cause,
            "bring them back from a backup (redbctl keyring import); they are never replaced, since what was encrypted with them would be lost"
        );
}
