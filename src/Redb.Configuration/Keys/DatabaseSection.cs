using System.Text.RegularExpressions;
using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>database</c> section.</summary>
internal static partial class DatabaseSection
{
    private static readonly TextShape Identifier = new()
    {
        Words = "a PostgreSQL name: a letter or _, then letters, digits, _ or -, at most 63 characters",
        Pattern = IdentifierPattern(),
    };

    private static readonly DatabaseConfiguration Default = new();

    private static readonly Key<DatabaseProvider> Provider = new(
        "provider",
        new ChoiceShape<DatabaseProvider>([
            ("auto", DatabaseProvider.Auto),
            ("postgres", DatabaseProvider.Postgres),
            ("embedded", DatabaseProvider.Embedded),
        ]),
        Default.Provider,
        "What keeps the node's identity, tenants and mesh. auto is decided once, at initialization: PostgreSQL if it answers, else embedded."
    );

    private static readonly Key<string> Name = new(
        "name",
        Identifier,
        "",
        "Name of the product's database, exported as REDB_DATABASE_NAME."
    )
    {
        IsRequired = true,
        Variable = "REDB_DATABASE_NAME",
    };

    private static readonly Key<string> User = new(
        "user",
        Identifier,
        Default.User,
        "Database role, exported as REDB_DATABASE_USER."
    )
    {
        Variable = "REDB_DATABASE_USER",
    };

    private static readonly SectionKey Postgres = new(
        "postgres",
        PostgresSection.Section,
        "Where PostgreSQL is, and who administers it at initialization."
    );

    public static Section Section { get; } = new("database", [Provider, Name, User, Postgres]);

    public static DatabaseConfiguration Read(SectionReader section, ReadContext context)
    {
        var database = new DatabaseConfiguration
        {
            Provider = section.Get(Provider),
            Name = section.Get(Name),
            User = section.Get(User),
            Postgres = PostgresSection.Read(section.Get(Postgres), section.PathOf(Postgres), context),
        };
        if (section.IsWritten(Postgres) && database.Provider == DatabaseProvider.Embedded)
        {
            context.Warning(section.PathOf(Postgres), "has no effect: database.provider is embedded");
        }

        return database;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_-]{0,62}$", RegexOptions.None, TextShape.PatternTimeout)]
    private static partial Regex IdentifierPattern();
}
