namespace Redb.Abstractions.Configuration;

/// <summary>The <c>cluster.connection</c> section: how the cluster's PostgreSQL database is reached.</summary>
public sealed record ClusterConnectionConfiguration
{
    /// <summary>Server. Default that of <c>database.postgres</c>, localhost.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Its port. Default that of <c>database.postgres</c>, 5432; 1 to 65535.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>Database that holds the cluster's tables. Default <c>redb_cluster</c>.</summary>
    public string Database { get; init; } = "redb_cluster";

    /// <summary>Role. Default <c>database.user</c>, <c>redb</c>.</summary>
    public string User { get; init; } = "redb";

    /// <summary>Its password, from <c>REDB_CLUSTER_PASSWORD</c>; a file has no key for it. Default empty: that of <c>database.user</c> in the keyring. Never logged.</summary>
    public string Password { get; init; } = "";

    /// <summary>Longest wait for a connection, and for the answer to one statement. Default 3 s; 1 s to 1 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Leaves the password out, so that a configuration can be printed.</summary>
    public override string ToString() => $"{User}@{Host}:{Port}/{Database}";
}
