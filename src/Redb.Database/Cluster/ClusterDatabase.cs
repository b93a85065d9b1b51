using System.Net;
using Npgsql;
using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Database.Postgres;
using Redb.Database.Schema;

namespace Redb.Database.Cluster;

/// <summary>The database in which the silos of several hosts find each other, as one of them sees it before it joins.</summary>
public sealed class ClusterDatabase
{
    // What Orleans calls a silo that is a member, and one that was.
    private const int Active = 3;
    private const int Dead = 6;

    private readonly PostgresConfiguration _server;
    private readonly PostgresLogin _login;
    private readonly TimeProvider _time;

    /// <summary>Nothing is opened yet.</summary>
    /// <param name="postgres">How connections to PostgreSQL are protected.</param>
    /// <param name="connection">Where, and as whom.</param>
    /// <param name="password">Of that role.</param>
    /// <param name="time">This host's clock.</param>
    public ClusterDatabase(
        PostgresConfiguration postgres,
        ClusterConnectionConfiguration connection,
        string password,
        TimeProvider time
    )
    {
        _server = ServerOf(postgres, connection) with
        {
            ConnectTimeout = connection.Timeout,
            CommandTimeout = connection.Timeout,
        };
        (_login, _time) = (new(connection.User, password, connection.Database), time);
    }

    /// <summary>How Npgsql connects: every wait is bounded, and a cut link noticed even while nothing is asked.</summary>
    public string ConnectionString
    {
        get
        {
            var settings = PostgresConnections.Settings(_server, _login);
            settings.TcpKeepAlive = true;
            (settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval) = (5, 2);
            settings.CancellationTimeout = (int)_server.CommandTimeout.TotalMilliseconds;
            return settings.ToString();
        }
    }

    /// <summary>The server of a cluster's database, with the administrator and the protection that hold for PostgreSQL.</summary>
    public static PostgresConfiguration ServerOf(
        PostgresConfiguration postgres,
        ClusterConnectionConfiguration connection
    ) => postgres with { Host = connection.Host, Port = connection.Port };

    /// <summary>Looks at the clock and the members, and declares dead what earlier lives of the silo left among them: the others need not find that out by waiting.</summary>
    /// <param name="cluster">Orleans' name of the cluster.</param>
    /// <param name="self">Name of the silo that looks. Nobody else has it, and it is no member now.</param>
    /// <param name="fresh">How old the last sign of life of a member may be that counts.</param>
    /// <param name="token">Ends it.</param>
    public async Task<Answer<ClusterLook>> LookAsync(
        string cluster,
        string self,
        TimeSpan fresh,
        CancellationToken token
    )
    {
        await using (var schema = new ClusterSchema(_server, _login))
        {
            var whole = await schema.IsCompleteAsync(token);
            if (!whole.IsGood || !whole.Value)
            {
                return Worded(
                    whole.Failure
                        ?? new(
                            DatabaseFailureKind.NotInitialized,
                            $"the cluster's database {Place} cannot be used",
                            "its tables are missing or of an earlier version",
                            "run redb-supervisor --initialize"
                        )
                );
            }
        }

        await using var port = new PostgresPort(_server, _login);
        var look = await port.AskAsync<ClusterLook>(
            $"the cluster's database {Place} cannot be used",
            async connection =>
            {
                await RetireAsync(connection, cluster, self, token);
                return new ClusterLook(
                    await SkewAsync(connection, token),
                    [.. await MembersAsync(connection, cluster, fresh, token)]
                );
            },
            token
        );
        return look.IsGood ? look : Worded(look.Failure);
    }

    private string Place => $"{_login.Database} at {PostgresTrouble.Place(_server)}";

    private DatabaseFailure Worded(DatabaseFailure failure) =>
        failure.Kind switch
        {
            DatabaseFailureKind.Unreachable or DatabaseFailureKind.UnknownHost or DatabaseFailureKind.TimedOut =>
                failure with
                {
                    Next = "start that server, or say where it is in cluster.connection",
                },
            DatabaseFailureKind.Credentials => failure with
            {
                Next =
                    $"set REDB_CLUSTER_PASSWORD to the password of role {_login.User}; redb-supervisor --initialize makes a role that is missing",
            },
            DatabaseFailureKind.Rights => failure with
            {
                Next = $"run redb-supervisor --initialize: it gives role {_login.User} its rights there",
            },
            _ => failure,
        };

    // The version first and then the row, as Orleans does it: the other way round two of them may wait for each other.
    private static async Task RetireAsync(
        NpgsqlConnection connection,
        string cluster,
        string silo,
        CancellationToken token
    ) =>
        await connection.ExecuteAsync(
            """
            WITH stepped AS (
                UPDATE OrleansMembershipVersionTable SET Timestamp = now(), Version = Version + 1
                WHERE DeploymentId = $1
                    AND EXISTS (SELECT FROM OrleansMembershipTable WHERE DeploymentId = $1 AND SiloName = $2 AND Status <> $3)
                RETURNING DeploymentId
            )
            UPDATE OrleansMembershipTable AS silo SET Status = $3 FROM stepped
            WHERE silo.DeploymentId = stepped.DeploymentId AND silo.SiloName = $2 AND silo.Status <> $3
            """,
            token,
            cluster,
            silo,
            Dead
        );

    // Compared with the middle of asking and answer.
    private async Task<TimeSpan> SkewAsync(NpgsqlConnection connection, CancellationToken token)
    {
        var before = _time.GetTimestamp();
        var asked = _time.GetUtcNow();
        var theirs = (DateTime)(await connection.ScalarAsync("SELECT clock_timestamp()", token))!;
        return asked + (_time.GetElapsedTime(before) / 2) - new DateTimeOffset(theirs);
    }

    private static Task<List<ClusterMember>> MembersAsync(
        NpgsqlConnection connection,
        string cluster,
        TimeSpan fresh,
        CancellationToken token
    ) =>
        connection.RowsAsync(
            """
            SELECT Address, Port, SiloName FROM OrleansMembershipTable
            WHERE DeploymentId = $1 AND Status = $2 AND greatest(StartTime, IAmAliveTime) > clock_timestamp() - $3
            """,
            row => new ClusterMember(row.GetString(2), new(IPAddress.Parse(row.GetString(0)), row.GetInt32(1))),
            token,
            cluster,
            Active,
            fresh
        );
}
