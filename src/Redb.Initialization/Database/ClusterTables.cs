using Redb.Abstractions.Configuration;
using Redb.Database.Cluster;
using Redb.Database.Failures;
using Redb.Database.Postgres;
using Redb.Database.Schema;
using Redb.Initialization.Interview;

namespace Redb.Initialization.Database;

/// <summary>The cluster's database on its server. It belongs to the administrator, since the nodes of several hosts share it.</summary>
/// <param name="configuration">As configured.</param>
/// <param name="administrator">The way in as the administrator of that server.</param>
internal sealed class ClusterTables(RedbConfiguration configuration, Administrator administrator) : IClusterTables
{
    private readonly ClusterConnectionConfiguration _connection = configuration.Cluster.Connection;

    private readonly PostgresConfiguration _server = ClusterDatabase.ServerOf(
        configuration.Database.Postgres,
        configuration.Cluster.Connection
    );

    public async Task<string?> LookAsync(string? password, CancellationToken cancellationToken)
    {
        if (password is null)
        {
            return $"create database {_connection.Database} with the membership tables, for role {_connection.User}";
        }

        await using var schema = new ClusterSchema(_server, new(_connection.User, password, _connection.Database));
        var whole = await schema.IsCompleteAsync(cancellationToken);
        return whole switch
        {
            { IsGood: true, Value: true } => null,
            { IsGood: true } => $"create the membership tables in database {_connection.Database}",
            { Failure.Kind: DatabaseFailureKind.NoDatabase } =>
                $"create database {_connection.Database} with the membership tables",
            { Failure.Kind: DatabaseFailureKind.Rights } =>
                $"give role {_connection.User} its rights in database {_connection.Database}",
            { Failure.Kind: DatabaseFailureKind.Credentials } => await LookAtRoleAsync(cancellationToken),
            _ => throw new InitializationException(whole.Failure!.ToFailure()),
        };
    }

    public async Task ProvideAsync(string password, CancellationToken cancellationToken)
    {
        var access = await administrator.FindAsync(cancellationToken);
        await using (var server = new PostgresAdministration(access))
        {
            if (!(await server.HasRoleAsync(_connection.User, cancellationToken)).OrThrow())
            {
                (
                    await server.EnsureRoleAsync(
                        _connection.User,
                        password,
                        [configuration.Database.Name],
                        cancellationToken
                    )
                ).ThrowIfAny();
            }

            (await server.EnsureDatabaseAsync(_connection.Database, access.User, cancellationToken)).ThrowIfAny();
        }

        await using var schema = new ClusterSchema(access, new(access.User, access.Password, _connection.Database));
        (await schema.EnsureAsync(cancellationToken)).ThrowIfAny();
        (await schema.GrantAsync(_connection.User, cancellationToken)).ThrowIfAny();
    }

    private async Task<string> LookAtRoleAsync(CancellationToken cancellationToken)
    {
        await using var server = new PostgresAdministration(await administrator.FindAsync(cancellationToken));
        return (await server.HasRoleAsync(_connection.User, cancellationToken)).OrThrow()
            ? throw new InitializationException(
                new(
                    FailureKind.Refused,
                    $"role {_connection.User} of the cluster's database is there and takes another password",
                    "another host's initialization made it",
                    "set REDB_CLUSTER_PASSWORD to its password, or give this node a role of its own: another database.user"
                )
            )
            : $"create role {_connection.User} and database {_connection.Database} with the membership tables";
    }
}
