namespace Redb.Abstractions.Configuration;

/// <summary>The <c>database.postgres</c> section: where PostgreSQL is, and who administers it at initialization.</summary>
public sealed record PostgresConfiguration
{
    /// <summary>Server: a name or an address. Default <c>localhost</c>, the only one that unmodified services look at.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Its port. Default 5432, the only one that unmodified services look at; 1 to 65535.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>How connections are protected. Default <see cref="PostgresTls.Prefer"/>.</summary>
    public PostgresTls Tls { get; init; }

    /// <summary>Certificate of the authority that vouches for the server, absolute. Default empty: those that the system trusts.</summary>
    public string Ca { get; init; } = "";

    /// <summary>Administrator. Default <c>postgres</c>.</summary>
    public string User { get; init; } = "postgres";

    /// <summary>Its password, from <c>REDB_POSTGRES_PASSWORD</c>; a file has no key for it. Default <c>postgres</c>. Never logged.</summary>
    public string Password { get; init; } = "postgres";

    /// <summary>Database that the administrator connects to. Default <c>postgres</c>.</summary>
    public string Database { get; init; } = "postgres";

    /// <summary>Longest wait for a connection. Default 10 s; 1 s to 15 min.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for the answer to one statement. Default 30 s; 1 s to a day.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Leaves the password out, so that a configuration can be printed.</summary>
    public override string ToString() => $"{User}@{Host}:{Port}/{Database}";
}
