namespace Redb.Cli.Rendering.Documents;

/// <summary>A tenant, as JSON.</summary>
/// <param name="Url">Its URL part.</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its id in the database.</param>
/// <param name="IsDefault">Whether everything falls back to it.</param>
internal sealed record TenantDocument(string Url, string Name, string Id, bool IsDefault);
