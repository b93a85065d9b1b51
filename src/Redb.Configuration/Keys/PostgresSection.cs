using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>PostgreSQL as initialization reaches it. No part of the file: it comes from the environment alone.</summary>
internal static class PostgresSection
{
    private static readonly PostgresConfiguration Default = new();

    private static readonly Key<string> User = new("user", TextShape.NotEmpty, Default.User, "Administrator.")
    {
        Variable = "REDB_POSTGRES_USER",
    };

    private static readonly Key<string> Password = new("password", TextShape.Any, Default.Password, "Its password.")
    {
        Variable = "REDB_POSTGRES_PASSWORD",
        IsSecret = true,
    };

    private static readonly Key<string> Host = new("host", TextShape.NotEmpty, Default.Host, "Server.")
    {
        Variable = "REDB_POSTGRES_HOST",
    };

    private static readonly Key<int> Port = new(
        "port",
        new WholeShape<int>(PortTable.Lowest, PortTable.Highest),
        Default.Port,
        "Its port."
    )
    {
        Variable = "REDB_POSTGRES_PORT",
    };

    private static readonly Key<string> Database = new(
        "database",
        TextShape.NotEmpty,
        Default.Database,
        "Database to connect to first."
    )
    {
        Variable = "REDB_POSTGRES_DATABASE",
    };

    public static Section Section { get; } = new("postgres", [User, Password, Host, Port, Database]);

    public static PostgresConfiguration Read(ReadContext context)
    {
        var section = new SectionReader(context, Section, node: null, "postgres");
        return new()
        {
            User = section.Get(User),
            Password = section.Get(Password),
            Host = section.Get(Host),
            Port = section.Get(Port),
            Database = section.Get(Database),
        };
    }
}
