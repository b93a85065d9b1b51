namespace Redb.Abstractions.Configuration;

/// <summary>How initialization reaches PostgreSQL as an administrator. From the environment only; a file has no key for it.</summary>
public sealed record PostgresConfiguration
{
    /// <summary>Administrator, from <c>REDB_POSTGRES_USER</c>. Default <c>postgres</c>.</summary>
    public string User { get; init; } = "postgres";

    /// <summary>Its password, from <c>REDB_POSTGRES_PASSWORD</c>. Default <c>postgres</c>. Never logged.</summary>
    public string Password { get; init; } = "postgres";

    /// <summary>Server, from <c>REDB_POSTGRES_HOST</c>. Default <c>localhost</c>.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Its port, from <c>REDB_POSTGRES_PORT</c>. Default 5432; 1 to 65535.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>Database to connect to first, from <c>REDB_POSTGRES_DATABASE</c>. Default <c>postgres</c>.</summary>
    public string Database { get; init; } = "postgres";

    /// <summary>Leaves the password out, so that a configuration can be printed.</summary>
    public override string ToString() => $"{User}@{Host}:{Port}/{Database}";
}
