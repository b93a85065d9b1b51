namespace Redb.Initialization.Steps;

/// <summary>Sees that a single-tenant node has its tenant.</summary>
internal sealed class TenantStep(Workbench bench) : IInitializationStep
{
    public string Name => "tenant";

    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken)
    {
        var tenancy = bench.Configuration.MultiTenancy;
        if (!tenancy.IsSingle)
        {
            return new StepFinding.Fulfilled("none by default: redbctl tenants create makes them");
        }

        if (bench.Record.Tenant is { } known && known.Url != tenancy.DefaultTenantUrl)
        {
            return new StepFinding.Blocked(Changed(known.Url, tenancy.DefaultTenantUrl));
        }

        bench.Tenant = await bench.Database.FindTenantAsync(
            bench.Password,
            tenancy.DefaultTenantUrl,
            cancellationToken
        );
        return bench.Tenant is null
                ? new StepFinding.Open($"enter tenant {tenancy.DefaultTenantUrl} ({tenancy.DefaultTenantName})")
            : bench.Tenant == bench.Record.Tenant
                ? new StepFinding.Fulfilled($"{bench.Tenant.Url} ({bench.Tenant.Name}), {bench.Tenant.Id}")
            : new StepFinding.Open($"remember tenant {bench.Tenant.Url}, {bench.Tenant.Id}");
    }

    public async Task DoAsync(CancellationToken cancellationToken)
    {
        var tenancy = bench.Configuration.MultiTenancy;
        var url = tenancy.DefaultTenantUrl;
        if (bench.Tenant is null)
        {
            await bench.Database.EnterTenantAsync(
                bench.KnownPassword,
                tenancy.DefaultTenantId,
                tenancy.DefaultTenantName,
                url,
                cancellationToken
            );
        }

        var tenant = await bench.Database.FindTenantAsync(bench.Password, url, cancellationToken);
        bench.Record = bench.Record with { Tenant = tenant };
    }

    // Its users and keys belong to the tenant it has; a second one would be empty.
    private static Failure Changed(string known, string wanted) =>
        new(
            FailureKind.Conflict,
            $"global.multi_tenancy.default_tenant_url is {wanted}, and this node's tenant is {known}",
            "users, data and keys belong to that tenant, and are not moved",
            $"set default_tenant_url to {known} again, or initialize a new node in another data folder (--data-dir)"
        );
}
