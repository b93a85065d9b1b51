using System.Text.RegularExpressions;
using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>database</c> section.</summary>
internal static class DatabaseSection
{
    private static readonly TextShape Identifier = new()
    {
        Words = "a PostgreSQL name: a letter or _, then letters, digits, _ or -, at most 63 characters",
        Pattern = new("^[A-Za-z_][A-Za-z0-9_-]{0,62}$", RegexOptions.NonBacktracking),
    };

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
        "redb",
        "Database role, exported as REDB_DATABASE_USER."
    )
    {
        Variable = "REDB_DATABASE_USER",
    };

    public static Section Section { get; } = new("database", [Name, User]);

    public static DatabaseConfiguration Read(SectionReader section, ReadContext context) =>
        new()
        {
            Name = section.Get(Name),
            User = section.Get(User),
            Postgres = PostgresSection.Read(context),
        };
}
