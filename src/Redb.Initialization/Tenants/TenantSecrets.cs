using Redb.Initialization.Keyring;
using Redb.Initialization.Progress;
using Redb.Initialization.Steps;
using Redb.Keyring.Names;

namespace Redb.Initialization.Tenants;

/// <summary>What a tenant has in the keyring: a secret for its tokens and a pair of keys. What is there is never made anew (fault 53).</summary>
internal sealed class TenantSecrets(INodeKeyring keyring, RecordedTenant tenant)
{
    private readonly KeyPair _keys = new(
        keyring,
        (SecretName.TenantPrivateKey(tenant.Id), SecretName.TenantPublicKey(tenant.Id)),
        $"tenant {tenant.Url}"
    );

    /// <summary>Whether all of it is there, everywhere.</summary>
    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken)
    {
        var secret = await keyring.ReadAsync(SecretName.TenantJwtSecret(tenant.Id), cancellationToken);
        var keys = await _keys.CheckAsync(cancellationToken);
        return keys is StepFinding.Fulfilled && !secret.IsEverywhere
            ? new StepFinding.Open(
                $"keep the secret of the tokens of tenant {tenant.Url} under every name it is read by"
            )
            : keys;
    }

    /// <summary>Makes what is missing.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var name = SecretName.TenantJwtSecret(tenant.Id);
        var secret = await keyring.ReadAsync(name, cancellationToken);
        if (!secret.IsEverywhere)
        {
            await keyring.WriteAsync(name, secret.Value ?? FreshSecrets.TokenSecret(), cancellationToken);
        }

        await _keys.CompleteAsync(cancellationToken);
    }
}
