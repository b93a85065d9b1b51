namespace Redb.Abstractions.Configuration;

/// <summary>The <c>cluster.connection</c> section: how the cluster's PostgreSQL database is reached.</summary>
public sealed record ClusterConnectionConfiguration
{
    /// <summary>Server. Default localhost.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Its port. Default 5432; 1 to 65535.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>Database that holds the cluster's tables. Default <c>redb_cluster</c>.</summary>
    public string Database { get; init; } = "redb_cluster";

    /// <summary>Role. Default <c>redb</c>.</summary>
    public string User { get; init; } = "redb";

    /// <summary>Its password, from <c>REDB_CLUSTER_PASSWORD</c>; a file has no key for it. Default empty: the keyring's. Never logged.</summary>
    public string Password { get; init; } = "";

    /// <summary>Leaves the password out, so that a configuration can be printed.</summary>
    public override string ToString() => $"{User}@{Host}:{Port}/{Database}";
}
