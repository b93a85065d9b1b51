using System.Net;
using System.Net.Sockets;
using Npgsql;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Hosts;

namespace Redb.Silo.Cluster;

/// <summary>The database in which the silos of several hosts find each other, seen from one that would like to join.</summary>
internal sealed class ClusterDatabase(ClusterConnectionConfiguration connection, TimeProvider time)
{
    // A database that answers at all answers in milliseconds; services wait for us meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(5);

    private const string MissingDatabase = "3D000";
    private const string MissingTable = "42P01";

    /// <summary>How Npgsql connects; with nothing from the environment and every wait bounded.</summary>
    public string ConnectionString { get; } =
        new NpgsqlConnectionStringBuilder
        {
            ApplicationName = "redb-supervisor",
            Host = connection.Host,
            Port = connection.Port,
            Database = connection.Database,
            Username = connection.User,
            Password = connection.Password,
            SearchPath = "public",
            Timeout = (int)Patience.TotalSeconds,
            CommandTimeout = (int)CommandPatience.TotalSeconds,
            CancellationTimeout = 1000,
            // A cut link is noticed even while nothing is asked.
            TcpKeepAlive = true,
            TcpKeepAliveTime = 5,
            TcpKeepAliveInterval = 2,
            MaxPoolSize = 8,
            IncludeErrorDetail = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ToString();

    /// <summary>Why this host cannot join now, with what to do about it; empty when it can.</summary>
    public async Task<string> RefusalAsync(SiloIdentity self, Action<string> warn, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience + CommandPatience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await using var database = new NpgsqlConnection(ConnectionString);
            await database.OpenAsync(either.Token);
            var verdict = ClockSkew.Judge(await ClockSkew.MeasureAsync(time, () => ClockAsync(database, either.Token)));
            if (verdict.IsRefused)
            {
                return verdict.Words;
            }

            if (verdict.Words.Length > 0)
            {
                warn(verdict.Words);
            }

            return await StrangersAsync(self, database, either.Token);
        }
        catch (PostgresException failure) when (failure.SqlState is MissingDatabase or MissingTable)
        {
            return $"the cluster's database {connection} has no membership tables ({failure.MessageText}): redb-supervisor --initialize makes them";
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            return $"the cluster's database {connection} does not answer: {failure.GetBaseException().Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the cluster's database {connection} does not answer within {(Patience + CommandPatience).TotalSeconds} s";
        }
    }

    private static async Task<DateTimeOffset> ClockAsync(NpgsqlConnection database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT clock_timestamp()", database);
        return new((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>Which members do not answer although they give signs of life: a silo that cannot reach all of them is not let in.</summary>
    private async Task<string> StrangersAsync(
        SiloIdentity self,
        NpgsqlConnection database,
        CancellationToken cancellationToken
    )
    {
        var members = await MembersAsync(database, cancellationToken);
        var reached = await Task.WhenAll(
            members
                .Where(member => member.Identity?.IsBeside(self) != true)
                .Select(async member => (member, await IsSilentAsync(member.EndPoint, cancellationToken)))
        );
        var silent = reached
            .Where(answer => answer.Item2)
            .Select(answer => $"{answer.member.Identity?.Host ?? answer.member.Name} at {answer.member.EndPoint}")
            .ToList();
        return silent.Count == 0
            ? ""
            : $"{string.Join(", ", silent)} gave a sign of life a moment ago and cannot be reached from here: see the network between the hosts";
    }

    private static async Task<List<Member>> MembersAsync(
        NpgsqlConnection database,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            "SELECT Address, Port, SiloName FROM OrleansMembershipTable WHERE DeploymentId = $1 AND Status = $2 AND greatest(StartTime, IAmAliveTime) > clock_timestamp() - $3",
            database
        );
        command.Parameters.AddWithValue(ClusterSeat.ClusterId);
        command.Parameters.AddWithValue((int)SiloStatus.Active);
        command.Parameters.AddWithValue(Detection.Stale);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var members = new List<Member>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var name = rows.GetString(2);
            members.Add(
                new(
                    new(IPAddress.Parse(rows.GetString(0)), rows.GetInt32(1)),
                    name,
                    SiloIdentity.Parse(name)
                )
            );
        }

        return members;
    }

    // Who refuses the connection is not silent: the host answers, and its silo is gone.
    private async Task<bool> IsSilentAsync(IPEndPoint silo, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var socket = new Socket(silo.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(silo, either.Token);
            return false;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode != SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    private sealed record Member(IPEndPoint EndPoint, string Name, SiloIdentity? Identity);
}
