using Redb.TestKit.Hosts;

namespace Redb.TestKit.Postgres;

/// <summary>What is special about a PostgreSQL server of a test.</summary>
internal sealed record PostgresSettings
{
    /// <summary>IPv4 address it listens on; its port is free there.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The machine it runs on, at port 5432; null for this one. Set <see cref="Address"/> to one of its own.</summary>
    public TestHost? Machine { get; init; }

    /// <summary>Password of its administrator <c>postgres</c>. Default <c>postgres</c>, which initialization tries by itself.</summary>
    public string Password { get; init; } = "postgres";

    /// <summary>Empty folder it lives in, say on a small disk. Default: a new one below the system's temporary folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether it talks TLS only, with a self-signed certificate of its own for <see cref="Address"/> and <c>localhost</c>.</summary>
    public bool IsTls { get; init; }

    /// <summary>Further lines of its <c>postgresql.conf</c>, such as <c>max_connections = 20</c>.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
