using System.Collections.Immutable;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What <c>tenants -o json</c> prints. Fields are only ever added.</summary>
/// <param name="Group">The instance group.</param>
/// <param name="Mode">Its tenancy, as configured.</param>
/// <param name="Tenants">The tenants, by URL.</param>
internal sealed record TenantsDocument(string Group, string Mode, ImmutableArray<TenantDocument> Tenants) : Document;
