using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>database.postgres</c> section.</summary>
internal static class PostgresSection
{
    // Npgsql waits no longer for a connection.
    private static readonly TimeSpan LongestConnect = TimeSpan.FromMinutes(15);

    private static readonly PostgresConfiguration Default = new();

    private static readonly Key<string> Host = new(
        "host",
        TextShape.NotEmpty,
        Default.Host,
        "PostgreSQL server. Unmodified services look at localhost, whatever stands here."
    )
    {
        Variable = "REDB_POSTGRES_HOST",
        Flag = Flags.PostgresHost,
    };

    private static readonly Key<int> Port = new(
        "port",
        new WholeShape<int>(PortTable.Lowest, PortTable.Highest),
        Default.Port,
        "Its port. Unmodified services look at 5432, whatever stands here."
    )
    {
        Variable = "REDB_POSTGRES_PORT",
        Flag = Flags.PostgresPort,
    };

    private static readonly Key<PostgresTls> Tls = new(
        "tls",
        new ChoiceShape<PostgresTls>([
            ("prefer", PostgresTls.Prefer),
            ("disable", PostgresTls.Disable),
            ("require", PostgresTls.Require),
            ("verify-ca", PostgresTls.VerifyCa),
            ("verify-full", PostgresTls.VerifyFull),
        ]),
        Default.Tls,
        "How connections are protected; the words of PostgreSQL's sslmode."
    );

    private static readonly Key<string> Ca = new(
        "ca",
        TextShape.Any,
        Default.Ca,
        "Certificate of the authority that vouches for the server, as a PEM file; relative to the working directory."
    )
    {
        ComputedDefault = "the authorities that the system trusts",
    };

    private static readonly Key<string> User = new(
        "admin_user",
        TextShape.NotEmpty,
        Default.User,
        "Administrator, needed at initialization. Its password comes from REDB_POSTGRES_PASSWORD."
    )
    {
        Variable = "REDB_POSTGRES_USER",
        Flag = Flags.PostgresUser,
    };

    private static readonly Key<string> Database = new(
        "admin_database",
        TextShape.NotEmpty,
        Default.Database,
        "Database that the administrator connects to."
    )
    {
        Variable = "REDB_POSTGRES_DATABASE",
        Flag = Flags.PostgresDatabase,
    };

    private static readonly Key<TimeSpan> ConnectTimeout = new(
        "connect_timeout",
        new DurationShape(TimeSpan.FromSeconds(1)) { ZeroMeans = Default.ConnectTimeout, Longest = LongestConnect },
        Default.ConnectTimeout,
        "Longest wait for a connection."
    );

    private static readonly Key<TimeSpan> CommandTimeout = new(
        "command_timeout",
        new DurationShape(TimeSpan.FromSeconds(1)) { ZeroMeans = Default.CommandTimeout },
        Default.CommandTimeout,
        "Longest wait for the answer to one statement."
    );

    // Belongs to no section: a password has no place in a file.
    private static readonly Key<string> Password = new(
        "admin_password",
        TextShape.Any,
        Default.Password,
        "Its password."
    )
    {
        Variable = "REDB_POSTGRES_PASSWORD",
        IsSecret = true,
    };

    private static readonly Section Hidden = new("postgres_secret", [Password]);

    public static Section Section { get; } =
        new("postgres", [Host, Port, Tls, Ca, User, Database, ConnectTimeout, CommandTimeout]);

    public static PostgresConfiguration Read(SectionReader section, string path, ReadContext context)
    {
        var postgres = new PostgresConfiguration
        {
            Host = section.Get(Host),
            Port = section.Get(Port),
            Tls = section.Get(Tls),
            Ca = section.Get(Ca) is { Length: > 0 } file ? Folders.Resolve(file, context.Input) : "",
            User = section.Get(User),
            Password = new SectionReader(context, Hidden, node: null, path).Get(Password),
            Database = section.Get(Database),
            ConnectTimeout = section.Get(ConnectTimeout),
            CommandTimeout = section.Get(CommandTimeout),
        };
        if (postgres.Ca.Length > 0 && postgres.Tls is not (PostgresTls.VerifyCa or PostgresTls.VerifyFull))
        {
            context.Warning(
                section.PathOf(Ca),
                $"has no effect: {section.PathOf(Tls)} must be verify-ca or verify-full for the server's certificate to be checked"
            );
        }

        return postgres;
    }
}
