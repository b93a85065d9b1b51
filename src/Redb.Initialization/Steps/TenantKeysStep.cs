using Redb.Initialization.Tenants;

namespace Redb.Initialization.Steps;

/// <summary>Sees that the tenant has a secret for its tokens and a pair of keys.</summary>
internal sealed class TenantKeysStep(Workbench bench) : IInitializationStep
{
    public string Name => "tenant-keys";

    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken) =>
        !bench.Configuration.MultiTenancy.IsSingle
            ? new StepFinding.Fulfilled("each tenant gets its own when it is made")
        : bench.Tenant is { } tenant ? await new TenantSecrets(bench.Keyring, tenant).CheckAsync(cancellationToken)
        : new StepFinding.Open("make the keys of the tenant and the secret of its tokens");

    public Task DoAsync(CancellationToken cancellationToken) =>
        new TenantSecrets(
            bench.Keyring,
            bench.Tenant ?? throw new InvalidOperationException("The step that enters the tenant comes first.")
        ).CompleteAsync(cancellationToken);
}
