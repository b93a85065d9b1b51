using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Database.Postgres;

namespace Redb.Database.Schema;

/// <summary>The tables in which the silos of several hosts find each other, as Microsoft.Orleans.Clustering.AdoNet wants them.</summary>
/// <param name="server">Where.</param>
/// <param name="login">The role that the silos use, and their database.</param>
public sealed class ClusterSchema(PostgresConfiguration server, PostgresLogin login) : IAsyncDisposable
{
    private const string Folder = "Cluster";

    private readonly PostgresPort _port = new(server, login);

    private SchemaUpgrade Upgrade => new(_port, Folder, server.CommandTimeout);

    /// <summary>Makes what is missing, in one transaction.</summary>
    public Task<DatabaseFailure?> EnsureAsync(CancellationToken token) =>
        Upgrade.RunAsync(_ => Task.FromResult<DatabaseFailure?>(null), token);

    /// <summary>Whether everything is there.</summary>
    public async Task<Answer<bool>> IsCompleteAsync(CancellationToken token)
    {
        var missing = await Upgrade.MissingAsync(token);
        return missing.IsGood ? missing.Value.Count == 0 : missing.Failure;
    }

    /// <summary>Gives a role what a silo needs: it reads everything and writes who is there. Asked of whoever owns the tables.</summary>
    public Task<DatabaseFailure?> GrantAsync(string role, CancellationToken token)
    {
        var (name, versions) = (Sql.Quoted(role), Upgrade.Versions);
        return _port.DoAsync(
            $"role {role} cannot be given its rights in database {login.Database}",
            async connection =>
            {
                await connection.ExecuteAsync(
                    $"""
                    GRANT CONNECT ON DATABASE {Sql.Quoted(login.Database)} TO {name};
                    GRANT USAGE ON SCHEMA public, {SchemaUpgrade.Home} TO {name};
                    GRANT SELECT ON {versions}, OrleansQuery TO {name};
                    GRANT SELECT, INSERT, UPDATE, DELETE ON OrleansMembershipVersionTable, OrleansMembershipTable TO {name}
                    """,
                    token
                );
                return null;
            },
            token
        );
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _port.DisposeAsync();
}
