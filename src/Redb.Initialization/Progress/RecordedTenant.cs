namespace Redb.Initialization.Progress;

/// <summary>The tenant of a single-tenant node.</summary>
/// <param name="Id">Its id in the database.</param>
/// <param name="Name">Its name.</param>
/// <param name="Url">Its URL part.</param>
public sealed record RecordedTenant(string Id, string Name, string Url);
