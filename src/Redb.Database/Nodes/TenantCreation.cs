namespace Redb.Database.Nodes;

/// <summary>A tenant that is there now.</summary>
/// <param name="Tenant">The one with the URL that was asked for.</param>
/// <param name="IsNew">Whether it was made just now; false when one with that URL was there already.</param>
public sealed record TenantCreation(Tenant Tenant, bool IsNew);
