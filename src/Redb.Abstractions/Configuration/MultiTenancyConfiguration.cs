namespace Redb.Abstractions.Configuration;

/// <summary>The <c>global.multi_tenancy</c> section.</summary>
public sealed record MultiTenancyConfiguration
{
    /// <summary><c>single-tenant</c> (default) or <c>multi-tenant</c>.</summary>
    public string Mode { get; init; } = "single-tenant";

    /// <summary>Whether it is a single-tenant node.</summary>
    public bool IsSingle => Mode == "single-tenant";

    /// <summary>Id of the tenant of a single-tenant node. Default <c>default-tenant</c>.</summary>
    public string DefaultTenantId { get; init; } = "default-tenant";

    /// <summary>Its name. Default <c>Default Tenant</c>.</summary>
    public string DefaultTenantName { get; init; } = "Default Tenant";

    /// <summary>Its URL part. Default <c>default</c>.</summary>
    public string DefaultTenantUrl { get; init; } = "default";
}
