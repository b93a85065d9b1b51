using DbUp;
using DbUp.Engine;
using Npgsql;
using Redb.Database.Failures;
using Redb.Database.Postgres;

namespace Redb.Database.Schema;

/// <summary>Brings the tables of one database to the version of this program, all in one transaction, one program at a time.</summary>
/// <param name="port">The login that owns the tables.</param>
/// <param name="folder">Which scripts.</param>
/// <param name="timeout">Longest wait for one script.</param>
internal sealed class SchemaUpgrade(PostgresPort port, string folder, TimeSpan timeout)
{
    /// <summary>Where the versions are noted: beside the tables that services know, not among them.</summary>
    public const string Home = "redb_supervisor";

    // Any number that nobody else uses for an advisory lock in this database: "redb".
    private const long LockNumber = 0x72656462;

    private readonly IReadOnlyList<(string Name, string Text)> _scripts = Script.In(folder);

    /// <summary>The table of the versions.</summary>
    public string Versions => $"{Home}.{Journal}";

    private string Journal => $"{folder.ToLowerInvariant()}_versions";

    /// <summary>Runs the scripts that have not run yet.</summary>
    /// <param name="objection">Looks at a database that has no versions, before anything is changed; null when all is well.</param>
    /// <param name="token">Ends it.</param>
    public Task<DatabaseFailure?> RunAsync(
        Func<NpgsqlConnection, Task<DatabaseFailure?>> objection,
        CancellationToken token
    ) =>
        port.DoAsync(
            What,
            async connection =>
            {
                await connection.ExecuteAsync("SELECT pg_advisory_lock($1)", token, LockNumber);
                try
                {
                    var noted = await NotedAsync(connection, token);
                    if ((noted.Count == 0 ? await objection(connection) : TooNew(noted)) is { } refusal)
                    {
                        return refusal;
                    }

                    if (Missing(noted).Count == 0)
                    {
                        return null;
                    }

                    await connection.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {Home}", token);
                    // DbUp has no other way than to block a thread.
                    var result = await Task.Run(Upgrade, token);
                    return result.Successful ? null : Refused(result);
                }
                finally
                {
                    await UnlockAsync(connection);
                }
            },
            token
        );

    /// <summary>The scripts that have not run, and a failure where the database is newer than this program.</summary>
    public Task<Answer<IReadOnlyList<string>>> MissingAsync(CancellationToken token) =>
        port.AskAsync<IReadOnlyList<string>>(
            $"the schema of database {port.Login.Database} cannot be read",
            async connection =>
            {
                var noted = await NotedAsync(connection, token);
                return TooNew(noted) is { } refusal ? refusal : new List<string>(Missing(noted));
            },
            token
        );

    private string What => $"the schema of database {port.Login.Database} cannot be made";

    private DatabaseUpgradeResult Upgrade() =>
        DeployChanges
            .To.PostgresqlDatabase(new WholeScripts(port.Source))
            .WithScripts([.. _scripts.Select(script => new SqlScript(script.Name, script.Text))])
            .JournalToPostgresqlTable(Home, Journal)
            .WithTransaction()
            .WithExecutionTimeout(timeout)
            // Dollars quote texts in PostgreSQL.
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();

    private DatabaseFailure Refused(DatabaseUpgradeResult result)
    {
        var what = result.ErrorScript is { } script ? $"{What}, at {script.Name}" : What;
        return PostgresTrouble.IsOfTheWorld(result.Error)
            ? port.Describe(what, result.Error)
            : throw new InvalidOperationException($"{what}.", result.Error);
    }

    private List<string> Missing(List<string> noted) =>
        [.. _scripts.Select(script => script.Name).Except(noted, StringComparer.Ordinal)];

    private DatabaseFailure? TooNew(List<string> noted) =>
        noted.Except(_scripts.Select(script => script.Name), StringComparer.Ordinal).ToList() is [_, ..] unknown
            ? new(
                DatabaseFailureKind.Unfit,
                $"database {port.Login.Database} cannot be used",
                $"a newer redb-supervisor has made {string.Join(", ", unknown)} there",
                "use that version, or name another database in database.name"
            )
            : null;

    private async Task<List<string>> NotedAsync(NpgsqlConnection connection, CancellationToken token) =>
        await connection.ScalarAsync("SELECT to_regclass($1)::text", token, Versions) is null
            ? []
            : await connection.RowsAsync(
                $"SELECT scriptname FROM {Versions} ORDER BY scriptname",
                row => row.GetString(0),
                token
            );

    // A connection that broke has lost its lock with it.
    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        if (connection.State == System.Data.ConnectionState.Open)
        {
            await connection.ExecuteAsync("SELECT pg_advisory_unlock($1)", CancellationToken.None, LockNumber);
        }
    }
}
