using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Database.Postgres;
using Redb.Database.Schema;
using Redb.TestKit.Postgres;

namespace Redb.Database.Tests.Kit;

/// <summary>A node's place on a server: a database and a role that no other test has.</summary>
internal sealed class Site(PostgresServer server)
{
    private static int s_next;

    public string Database { get; init; } = $"node{Interlocked.Increment(ref s_next)}";

    public string Role { get; init; } = $"role{Interlocked.Increment(ref s_next)}";

    public string Password { get; set; } = "first-password";

    public PostgresConfiguration Configuration { get; init; } =
        new()
        {
            Host = server.Host,
            Port = server.Port,
            Password = server.Password,
        };

    public PostgresLogin Login => new(Role, Password, Database);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public PostgresAdministration Administration() => new(Configuration);

    public NodeSchema Schema() => new(Configuration, Login);

    public PostgresNodeStore Store() => new(Configuration, Login);

    /// <summary>Everything that initialization does on the server; null when all of it went well.</summary>
    public async Task<DatabaseFailure?> InitializeAsync() => await PrepareAsync() ?? await InitializeSchemaAsync();

    /// <summary>The tables alone.</summary>
    public async Task<DatabaseFailure?> InitializeSchemaAsync()
    {
        await using var schema = Schema();
        return await schema.EnsureAsync(Token);
    }

    /// <summary>Role, database and rights, but no tables.</summary>
    public async Task<DatabaseFailure?> PrepareAsync()
    {
        await using var administration = Administration();
        return await administration.EnsureRoleAsync(Role, Password, [Database], Token)
            ?? await administration.EnsureDatabaseAsync(Database, Role, Token)
            ?? await administration.EnsureRightsAsync(Database, Role, Token);
    }

    /// <summary>Does something as the node's role, past all that is tested.</summary>
    public async Task<object?> RunAsync(string text)
    {
        await using var source = PostgresConnections.Open(Configuration, Login);
        await using var command = source.CreateCommand(text);
        return await command.ExecuteScalarAsync(Token);
    }

    /// <summary>The first column of every row.</summary>
    public async Task<List<string>> LinesAsync(string text)
    {
        await using var source = PostgresConnections.Open(Configuration, Login);
        await using var command = source.CreateCommand(text);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var lines = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }

    /// <summary>Everything a catalog knows of the tables: columns, defaults, constraints, indexes, types and functions, whatever their names.</summary>
    public Task<List<string>> CatalogAsync() =>
        LinesAsync(
            """
            SELECT line FROM (
                SELECT relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
                    || COALESCE(' ' || pg_get_expr(adbin, adrelid), '') AS line
                FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
                    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                UNION ALL
                SELECT COALESCE(conrelid::regclass::text, contypid::regtype::text) || ': ' || pg_get_constraintdef(oid)
                FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                UNION ALL
                SELECT tablename || ': ' || split_part(indexdef, ' USING ', 2) FROM pg_indexes WHERE schemaname = 'public'
                UNION ALL
                SELECT typname || ': ' || COALESCE((SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = pg_type.oid), '')
                FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
                UNION ALL
                SELECT proname || ': ' || prosrc FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace AND prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c')
            ) AS lines ORDER BY line COLLATE "C"
            """
        );
}
