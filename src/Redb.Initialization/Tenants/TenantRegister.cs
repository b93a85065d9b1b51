using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Initialization.Progress;
using Redb.Initialization.Start;
using Redb.Initialization.Steps;

namespace Redb.Initialization.Tenants;

/// <summary>The tenants of an initialized node. What the world refuses is an <see cref="InitializationException"/>.</summary>
internal sealed class TenantRegister(Workbench bench)
{
    private MultiTenancyConfiguration Tenancy => bench.Configuration.MultiTenancy;

    /// <summary>All of them, by URL.</summary>
    public async Task<ImmutableArray<RecordedTenant>> ListAsync(CancellationToken cancellationToken)
    {
        await KnownNode.OpenAsync(bench, cancellationToken);
        return await bench.Database.ListTenantsAsync(bench.KnownPassword, cancellationToken);
    }

    /// <summary>Creates a tenant with its keys and the secret of its tokens; one that is there gets what it lacks.</summary>
    /// <returns>The tenant, and whether it was there.</returns>
    public async Task<(RecordedTenant Tenant, bool WasThere)> CreateAsync(
        string url,
        string name,
        CancellationToken cancellationToken
    )
    {
        if (Tenancy.IsSingle)
        {
            throw new InitializationException(Single());
        }

        await KnownNode.OpenAsync(bench, cancellationToken);
        var known = await bench.Database.FindTenantAsync(bench.Password, url, cancellationToken);
        if (known is null)
        {
            await bench.Database.EnterTenantAsync(bench.KnownPassword, id: "", name, url, cancellationToken);
        }

        var tenant =
            await bench.Database.FindTenantAsync(bench.Password, url, cancellationToken)
            ?? throw new InvalidOperationException($"Tenant {url} was entered and is not there.");
        await new TenantSecrets(bench.Keyring, tenant).CompleteAsync(cancellationToken);
        return (tenant, known is not null);
    }

    private Failure Single() =>
        new(
            FailureKind.Conflict,
            "a single-tenant node has one tenant, which was made at its initialization",
            $"global.multi_tenancy.mode is {Tenancy.Mode}, and its tenant is {Tenancy.DefaultTenantUrl}",
            "set global.multi_tenancy.mode to multi-tenant to have more"
        );
}
