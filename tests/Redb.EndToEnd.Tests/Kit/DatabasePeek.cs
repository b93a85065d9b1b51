using Npgsql;
using Redb.TestKit.Postgres;

namespace Redb.EndToEnd.Tests.Kit;

/// <summary>Looks at a node's database as its administrator.</summary>
internal static class DatabasePeek
{
    /// <summary>What identifies the node there: role with its stored password, node, tenant. Nothing where there is no such database.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(PostgresServer server, string database)
    {
        var roles = await QueryAsync(
            server,
            "postgres",
            $"SELECT rolname || ' ' || rolpassword FROM pg_authid WHERE rolname = '{database}'"
        );
        var databases = await QueryAsync(
            server,
            "postgres",
            $"SELECT datname FROM pg_database WHERE datname = '{database}'"
        );
        if (databases.Count == 0)
        {
            return roles;
        }

        return
        [
            .. roles,
            .. await QueryAsync(
                server,
                database,
                "SELECT count(*)::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
            ),
            .. await RowsAsync(server, database, "nodes", "node_id::text || ' ' || encode(node_public_key, 'escape')"),
            .. await RowsAsync(server, database, "localidentity", "identity_id::text"),
            .. await RowsAsync(server, database, "tenants", "tenant_id || ' ' || tenant_name || ' ' || tenant_url"),
        ];
    }

    /// <summary>First column of every row, as text.</summary>
    public static async Task<IReadOnlyList<string>> QueryAsync(PostgresServer server, string database, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // Written in the tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(reader.GetValue(0) as string ?? "");
        }

        return rows;
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(
        PostgresServer server,
        string database,
        string table,
        string columns
    ) =>
        (await QueryAsync(server, database, $"SELECT to_regclass('public.{table}')::text"))[0].Length == 0
            ? []
            : await QueryAsync(server, database, $"SELECT {columns} FROM {table}");
}
