namespace Redb.Abstractions.Configuration;

/// <summary>The <c>database</c> section.</summary>
public sealed record DatabaseConfiguration
{
    /// <summary>What keeps the node's identity, tenants and mesh. Default <see cref="DatabaseProvider.Auto"/>.</summary>
    public DatabaseProvider Provider { get; init; }

    /// <summary>Database name, required; exported as <c>REDB_DATABASE_NAME</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Database role; exported as <c>REDB_DATABASE_USER</c>. Default <c>redb</c>.</summary>
    public string User { get; init; } = "redb";

    /// <summary>How PostgreSQL is reached.</summary>
    public PostgresConfiguration Postgres { get; init; } = new();
}
