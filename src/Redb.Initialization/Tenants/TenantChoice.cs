using Redb.Abstractions.Configuration;

namespace Redb.Initialization.Tenants;

/// <summary>Which tenant an operation is about. Pure.</summary>
public static class TenantChoice
{
    /// <summary>The URL of the tenant meant; on a single-tenant node always its own, whatever was named.</summary>
    /// <param name="tenancy">The node's tenancy.</param>
    /// <param name="named">As named by whoever asked; empty when nobody was.</param>
    /// <returns>The URL, or why it is not known.</returns>
    public static (string Url, Failure? Failure) Of(MultiTenancyConfiguration tenancy, string named) =>
        tenancy.IsSingle ? (tenancy.DefaultTenantUrl, null)
        : named.Length > 0 ? (named, null)
        : ("", Unnamed());

    private static Failure Unnamed() =>
        new(
            FailureKind.Unanswered,
            "which tenant is meant?",
            "global.multi_tenancy.mode is multi-tenant, and there is none to fall back to",
            "name one: redbctl tenants list shows them"
        );
}
