using System.Collections.Immutable;
using Npgsql;
using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Database.Postgres;

namespace Redb.Database.Schema;

/// <summary>The tables that unmodified reDB services expect, under exactly the names they know.</summary>
/// <param name="server">Where.</param>
/// <param name="login">The node's own role.</param>
public sealed class NodeSchema(PostgresConfiguration server, PostgresLogin login) : IAsyncDisposable
{
    private const string Folder = "Node";

    // Longer lists help nobody.
    private const int MostNamed = 5;

    // So many months, this one included, have a partition of their own: a supervisor is started more often than once a year.
    private const int MonthsAhead = 13;

    private readonly PostgresPort _port = new(server, login);

    private SchemaUpgrade Upgrade => new(_port, Folder, server.CommandTimeout);

    /// <summary>Every table with its columns, as <c>name type</c> and <c>!</c> where null is not allowed.</summary>
    internal static ImmutableArray<(string Table, string Columns)> Expected { get; } =
    [
        .. Script
            .Text("Node.columns.txt")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2))
            .Select(parts => (parts[0], parts[1])),
    ];

    /// <summary>
    /// Makes what is missing, in one transaction: all of it, the rest of what another supervisor has begun without noting versions,
    /// or what came with this version. A database that has tables of these names with other columns is refused and not touched.
    /// </summary>
    public async Task<DatabaseFailure?> EnsureAsync(CancellationToken token) =>
        await Upgrade.RunAsync(connection => ForeignTablesAsync(connection, token), token)
        ?? await EnsurePartitionsAsync(token);

    /// <summary>What a supervisor needs of the schema and does not find; null when it is complete.</summary>
    public async Task<DatabaseFailure?> FindFaultAsync(CancellationToken token)
    {
        var missing = await Upgrade.MissingAsync(token);
        if (!missing.IsGood)
        {
            return missing.Failure;
        }

        if (missing.Value.Count > 0)
        {
            return new(
                DatabaseFailureKind.NotInitialized,
                $"database {login.Database} is not ready",
                missing.Value.Count == Script.In(Folder).Count
                    ? "its schema has not been made by this supervisor"
                    : $"its schema lacks {string.Join(", ", missing.Value)}",
                "run redb-supervisor --initialize"
            );
        }

        var differences = await _port.AskAsync<List<string>>(
            $"the schema of database {login.Database} cannot be read",
            async connection => await DifferencesAsync(connection, token),
            token
        );
        return !differences.IsGood ? differences.Failure
            : differences.Value.Count > 0
                ? Unfit(differences.Value, "restore the database from a backup, or name a new one in database.name")
            : null;
    }

    /// <summary>Makes partitions of the audit log for this month and the year after it, and moves what has collected in the default one.</summary>
    public Task<DatabaseFailure?> EnsurePartitionsAsync(CancellationToken token) =>
        _port.DoAsync(
            "the audit log cannot be given a partition for each month",
            async connection =>
            {
                await connection.ExecuteAsync(
                    """
                    SELECT create_audit_log_partition((date_trunc('month', now()) + make_interval(months => month))::date)
                    FROM generate_series(0, $1 - 1) AS month
                    """,
                    token,
                    MonthsAhead
                );
                return null;
            },
            token
        );

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _port.DisposeAsync();

    private async Task<DatabaseFailure?> ForeignTablesAsync(NpgsqlConnection connection, CancellationToken token)
    {
        var there = await connection.RowsAsync(
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
            row => row.GetString(0),
            token
        );
        var differences = (await DifferencesAsync(connection, token))
            .Where(difference => there.Contains(difference.Split('.')[0], StringComparer.Ordinal))
            .ToList();
        return differences.Count == 0
            ? null
            : Unfit(differences, "it was left as it is: name another database in database.name");
    }

    private DatabaseFailure Unfit(List<string> differences, string next)
    {
        var more = differences.Count > MostNamed ? $" and {differences.Count - MostNamed} more" : "";
        return new(
            DatabaseFailureKind.Unfit,
            $"database {login.Database} has tables that reDB cannot use",
            $"not found: {string.Join(", ", differences.Take(MostNamed))}{more}",
            next
        );
    }

    // Columns that are there and not expected hurt nobody.
    private static Task<List<string>> DifferencesAsync(NpgsqlConnection connection, CancellationToken token) =>
        connection.RowsAsync(
            """
            SELECT expected.name || '.' || definition
            FROM unnest($1::text[], $2::text[]) AS expected (name, definitions),
                unnest(string_to_array(definitions, ', ')) AS definition
            EXCEPT
            SELECT tables.relname || '.' || columns.attname || ' ' || format_type(columns.atttypid, columns.atttypmod)
                || CASE WHEN columns.attnotnull THEN '!' ELSE '' END
            FROM pg_class AS tables JOIN pg_attribute AS columns ON columns.attrelid = tables.oid
            WHERE tables.relnamespace = 'public'::regnamespace AND columns.attnum > 0
            ORDER BY 1
            """,
            row => row.GetString(0),
            token,
            Expected.Select(table => table.Table).ToArray(),
            Expected.Select(table => table.Columns).ToArray()
        );
}
