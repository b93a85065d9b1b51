using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>cluster.connection</c> section.</summary>
internal static class ClusterConnectionSection
{
    private static readonly ClusterConnectionConfiguration Default = new();

    private static readonly Key<string> Host = new(
        "host",
        TextShape.NotEmpty,
        Default.Host,
        "PostgreSQL server: a name, an address or the folder of a socket."
    )
    {
        ComputedDefault = "that of database.postgres",
    };

    private static readonly Key<int> Port = new(
        "port",
        new WholeShape<int>(PortTable.Lowest, PortTable.Highest),
        Default.Port,
        "Its port."
    )
    {
        ComputedDefault = "that of database.postgres",
    };

    private static readonly Key<string> Database = new(
        "database",
        TextShape.NotEmpty,
        Default.Database,
        "Database that holds the cluster's tables, the same for all hosts."
    );

    private static readonly Key<string> User = new(
        "user",
        TextShape.NotEmpty,
        Default.User,
        "Role. Any but database.user needs its password in REDB_CLUSTER_PASSWORD."
    )
    {
        ComputedDefault = "database.user",
    };

    private static readonly Key<TimeSpan> Timeout = new(
        "timeout",
        new DurationShape(TimeSpan.FromSeconds(1)) { Longest = TimeSpan.FromMinutes(1) },
        Default.Timeout,
        "Longest wait for a connection, and for the answer to one statement."
    );

    // Belongs to no section: a password has no place in a file.
    private static readonly Key<string> Password = new("password", TextShape.Any, Default.Password, "Its password.")
    {
        Variable = "REDB_CLUSTER_PASSWORD",
        IsSecret = true,
    };

    private static readonly Section Hidden = new("cluster_secret", [Password]);

    public static Section Section { get; } = new("cluster_connection", [Host, Port, Database, User, Timeout]);

    public static ClusterConnectionConfiguration Read(
        SectionReader section,
        DatabaseConfiguration database,
        ReadContext context
    ) =>
        new()
        {
            Host = section.Get(Host, database.Postgres.Host),
            Port = section.Get(Port, database.Postgres.Port),
            Database = section.Get(Database),
            User = section.Get(User, database.User),
            Timeout = section.Get(Timeout),
            Password = new SectionReader(context, Hidden, node: null, "cluster.connection").Get(Password),
        };
}
