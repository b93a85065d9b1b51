using Npgsql;
using Redb.Abstractions.Configuration;
using Redb.Database.Failures;

namespace Redb.Database.Postgres;

/// <summary>What an administrator does once for a node: role, database, rights. Each part can be asked about and done by itself, again and again.</summary>
public sealed class PostgresAdministration(PostgresConfiguration server) : IAsyncDisposable
{
    // The first whose trusted extensions an owner of a database may install.
    private const int OldestVersion = 130_000;

    private readonly PostgresPort _port = new(server, PostgresLogin.Administrator(server));

    /// <summary>Connects and looks around.</summary>
    public Task<Answer<ServerFacts>> ReachAsync(CancellationToken token) =>
        _port.AskAsync<ServerFacts>(
            $"PostgreSQL cannot be reached as {server.User}",
            async connection =>
            {
                var rows = await connection.RowsAsync(
                    """
                    SELECT current_setting('server_version_num')::int, current_setting('server_version'),
                        rolsuper, rolsuper OR rolcreaterole, rolsuper OR rolcreatedb
                    FROM pg_roles WHERE rolname = current_user
                    """,
                    row => (Number: row.GetInt32(0), Facts: Facts(row)),
                    token
                );
                return rows[0].Number < OldestVersion
                    ? new DatabaseFailure(
                        DatabaseFailureKind.Unfit,
                        $"PostgreSQL at {PostgresTrouble.Place(server)} cannot be used",
                        $"it is version {rows[0].Facts.Version}, and 13 is the oldest that will do",
                        "upgrade that server, or name another one in database.postgres"
                    )
                    : rows[0].Facts;
            },
            token
        );

    /// <summary>Whether a role is there.</summary>
    public Task<Answer<bool>> HasRoleAsync(string role, CancellationToken token) =>
        _port.AskAsync<bool>(
            $"role {role} cannot be looked up",
            async connection => await HasRoleAsync(connection, role, token),
            token
        );

    /// <summary>
    /// Makes the role with a password, or gives it that password. A role that is not this node's own is left alone: one with an
    /// administrator's power, or one that other databases belong to.
    /// </summary>
    /// <param name="role">Its name.</param>
    /// <param name="password">Its password from now on; reaches the server as a verifier only.</param>
    /// <param name="databases">The databases that are this node's.</param>
    /// <param name="token">Ends it.</param>
    public Task<DatabaseFailure?> EnsureRoleAsync(
        string role,
        string password,
        IReadOnlyCollection<string> databases,
        CancellationToken token
    )
    {
        var what = $"role {role} cannot be created or given its password";
        return _port.DoAsync(
            what,
            async connection =>
            {
                if (await ObjectionAsync(connection, what, role, databases, token) is { } objection)
                {
                    return objection;
                }

                var verb = await HasRoleAsync(connection, role, token) ? "ALTER" : "CREATE";
                await connection.ExecuteAsync(
                    $"{verb} ROLE {Sql.Quoted(role)} LOGIN PASSWORD '{ScramVerifier.Of(password)}'",
                    token
                );
                return null;
            },
            token
        );
    }

    /// <summary>Who owns a database; empty where there is no such database.</summary>
    public Task<Answer<string>> FindOwnerAsync(string database, CancellationToken token) =>
        _port.AskAsync<string>(
            $"database {database} cannot be looked up",
            async connection => await OwnerAsync(connection, database, token) ?? "",
            token
        );

    /// <summary>Makes the database, if it is not there.</summary>
    public Task<DatabaseFailure?> EnsureDatabaseAsync(string database, string owner, CancellationToken token)
    {
        var what = $"database {database} cannot be created";
        return _port.DoAsync(
            what,
            async connection =>
            {
                if (!Sql.IsLegalName(database))
                {
                    return IllegalName(what);
                }

                if (await OwnerAsync(connection, database, token) is not null)
                {
                    return null;
                }

                await LetActForAsync(connection, owner, token);
                try
                {
                    await connection.ExecuteAsync(
                        $"CREATE DATABASE {Sql.Quoted(database)} OWNER {Sql.Quoted(owner)} ENCODING 'UTF8' TEMPLATE template0",
                        token
                    );
                }
                catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.DuplicateDatabase)
                {
                    // Another initialization was quicker by a moment: it is there, and that is all that was wanted.
                }

                return null;
            },
            token
        );
    }

    /// <summary>Makes the role the owner of the database, with every right in it.</summary>
    public async Task<DatabaseFailure?> EnsureRightsAsync(string database, string role, CancellationToken token)
    {
        var what = $"database {database} cannot be given to role {role}";
        var failure = await _port.DoAsync(
            what,
            async connection =>
            {
                await LetActForAsync(connection, role, token);
                if (await OwnerAsync(connection, database, token) != role)
                {
                    await connection.ExecuteAsync(
                        $"ALTER DATABASE {Sql.Quoted(database)} OWNER TO {Sql.Quoted(role)}",
                        token
                    );
                }

                await connection.ExecuteAsync(
                    $"GRANT ALL ON DATABASE {Sql.Quoted(database)} TO {Sql.Quoted(role)}",
                    token
                );
                return null;
            },
            token
        );
        if (failure is not null)
        {
            return failure;
        }

        // An owner of a database may still not create in its schema, where somebody has changed the schema's rights.
        await using var inside = new PostgresPort(server, _port.Login with { Database = database });
        return await inside.DoAsync(
            what,
            async connection =>
            {
                if (
                    await connection.ScalarAsync("SELECT has_schema_privilege($1, 'public', 'CREATE')", token, role)
                    is false
                )
                {
                    await connection.ExecuteAsync($"GRANT ALL ON SCHEMA public TO {Sql.Quoted(role)}", token);
                }

                return null;
            },
            token
        );
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _port.DisposeAsync();

    private static async Task<DatabaseFailure?> ObjectionAsync(
        NpgsqlConnection connection,
        string what,
        string role,
        IReadOnlyCollection<string> databases,
        CancellationToken token
    )
    {
        if (!Sql.IsLegalName(role))
        {
            return IllegalName(what);
        }

        var isPowerful = await connection.ScalarAsync(
            "SELECT rolsuper OR rolname = current_user FROM pg_roles WHERE rolname = $1",
            token,
            role
        );
        if (isPowerful is true)
        {
            return Conflict(what, "it is an administrator, whose password others rely on");
        }

        var others = await connection.RowsAsync(
            "SELECT datname FROM pg_database JOIN pg_roles ON pg_roles.oid = datdba WHERE rolname = $1 AND datname <> ALL ($2)",
            row => row.GetString(0),
            token,
            role,
            databases.ToArray()
        );
        return others.Count > 0
            ? Conflict(what, $"it belongs to another instance, with database {string.Join(", ", others)}")
            : null;
    }

    // Who is no superuser gives a database only to roles it may act for.
    private async Task LetActForAsync(NpgsqlConnection connection, string role, CancellationToken token)
    {
        var isSuperuser = await connection.ScalarAsync(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user",
            token
        );
        if (isSuperuser is false && role != server.User)
        {
            await connection.ExecuteAsync($"GRANT {Sql.Quoted(role)} TO {Sql.Quoted(server.User)}", token);
        }
    }

    private static async Task<bool> HasRoleAsync(NpgsqlConnection connection, string role, CancellationToken token) =>
        await connection.ScalarAsync("SELECT 1 FROM pg_roles WHERE rolname = $1", token, role) is not null;

    private static async Task<string?> OwnerAsync(
        NpgsqlConnection connection,
        string database,
        CancellationToken token
    ) =>
        (string?)
            await connection.ScalarAsync(
                "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = $1",
                token,
                database
            );

    private static ServerFacts Facts(NpgsqlDataReader row) =>
        new(row.GetString(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4));

    private static DatabaseFailure IllegalName(string what) =>
        new(
            DatabaseFailureKind.Conflict,
            what,
            "a name has 1 to 63 bytes, and none of them is 0",
            "choose another database.name or database.user"
        );

    private static DatabaseFailure Conflict(string what, string cause) =>
        new(
            DatabaseFailureKind.Conflict,
            what,
            cause,
            "give this node a role of its own: choose another database.user"
        );
}
