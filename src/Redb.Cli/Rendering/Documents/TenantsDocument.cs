using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What <c>tenants -o json</c> prints. Fields are only ever added.</summary>
/// <param name="Group">The instance group.</param>
/// <param name="Mode">Its tenancy, as configured.</param>
/// <param name="Tenants">The tenants, by URL.</param>
internal sealed record TenantsDocument(string Group, string Mode, ImmutableArray<TenantDocument> Tenants)
{
    /// <inheritdoc cref="StatusDocument.CurrentVersion"/>
    [JsonPropertyOrder(-1)]
    public string ApiVersion { get; } = StatusDocument.CurrentVersion;
}
