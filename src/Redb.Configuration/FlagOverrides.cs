namespace Redb.Configuration;

/// <summary>Settings given on the command line, which win over the environment and the file.</summary>
public sealed record FlagOverrides
{
    /// <summary><c>--port</c>: replaces <c>supervisor.port</c>, a base port, to which the group's offset is added.</summary>
    public int? Port { get; init; }

    /// <summary><c>--data-dir</c>: replaces <c>supervisor.data_dir</c>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary><c>--postgres-user</c>: replaces <c>REDB_POSTGRES_USER</c>.</summary>
    public string? PostgresUser { get; init; }

    /// <summary><c>--postgres-host</c>: replaces <c>REDB_POSTGRES_HOST</c>.</summary>
    public string? PostgresHost { get; init; }

    /// <summary><c>--postgres-port</c>: replaces <c>REDB_POSTGRES_PORT</c>.</summary>
    public int? PostgresPort { get; init; }

    /// <summary><c>--postgres-database</c>: replaces <c>REDB_POSTGRES_DATABASE</c>.</summary>
    public string? PostgresDatabase { get; init; }
}
