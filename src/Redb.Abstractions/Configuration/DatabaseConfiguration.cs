namespace Redb.Abstractions.Configuration;

/// <summary>The <c>database</c> section.</summary>
public sealed record DatabaseConfiguration
{
    /// <summary>Database name, required; exported as <c>REDB_DATABASE_NAME</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Database role; exported as <c>REDB_DATABASE_USER</c>. Default <c>redb</c>.</summary>
    public string User { get; init; } = "redb";

    /// <summary>How initialization reaches PostgreSQL.</summary>
    public PostgresConfiguration Postgres { get; init; } = new();
}
