using Redb.Abstractions.Configuration;
using Redb.Abstractions.Hosts;
using Redb.Database.Cluster;
using Redb.Keyring;
using Redb.Keyring.Names;
using Redb.Security;
using Redb.Security.Connections;
using Redb.Silo.Security;

namespace Redb.Silo.Cluster;

/// <summary>How a silo comes by its membership.</summary>
/// <param name="Approach">The cluster of several hosts; null for one of this host alone.</param>
/// <param name="First">What the first look at it came to; null without one.</param>
internal sealed record ClusterAccess(IClusterApproach? Approach, ApproachVerdict? First)
{
    /// <summary>How long to leave the cluster alone before the next look. Default none.</summary>
    public TimeSpan Pause { get; private init; }

    /// <summary>Whether the silo belongs to a cluster of several hosts that it cannot join now.</summary>
    public bool IsIsland => First is { Kind: not ApproachKind.Open };

    /// <summary>Takes a first look, where there is something to look at.</summary>
    /// <param name="configuration">What the first file says.</param>
    /// <param name="isDev">Whether reDB's well-known master password opens the keyring.</param>
    /// <param name="self">Who would join.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ClusterException">It cannot even be looked for.</exception>
    public static async Task<ClusterAccess> FindAsync(
        RedbConfiguration configuration,
        bool isDev,
        SiloIdentity self,
        TimeProvider time
    )
    {
        if (configuration.Cluster.Provider == ClusterProvider.Embedded)
        {
            return new(null, null);
        }

        var connection = configuration.Cluster.Connection;
        var database = new ClusterDatabase(
            configuration.Database.Postgres,
            connection,
            await PasswordAsync(configuration, isDev, time),
            time
        );
        var guard = GuardOf(configuration.Cluster, self.Host);
        var approach = new ClusterApproach(database, self, guard, connection.Timeout, time);
        return FailedJoin.Take() is { } failed
            ? new(approach, new(ApproachKind.Closed, failed.Cause)) { Pause = failed.Pause }
            : new(approach, await FirstLook.TakeAsync(approach, configuration.Cluster.JoinPatience, time));
    }

    private static IConnectionGuard? GuardOf(ClusterConfiguration cluster, string host)
    {
        try
        {
            return SiloGuard.Of(cluster, host).Connector;
        }
        catch (CredentialFailure failure)
        {
            throw new ClusterException(failure.Describe(), failure);
        }
    }

    private static async Task<string> PasswordAsync(RedbConfiguration configuration, bool isDev, TimeProvider time)
    {
        var connection = configuration.Cluster.Connection;
        if (connection.Password.Length > 0)
        {
            return connection.Password;
        }

        if (connection.User != configuration.Database.User)
        {
            throw Missing("the keyring has only that of database.user", "set REDB_CLUSTER_PASSWORD");
        }

        try
        {
            var request = KeyringRequest.OfProcess(configuration) with { IsDev = isDev };
            var keyring = await new KeyringOpener(time).OpenAsync(request, CancellationToken.None);
            var secret = await keyring.GetAsync(SecretName.DatabasePassword, CancellationToken.None);
            return secret?.Reveal()
                ?? throw Missing(
                    $"{keyring.Store.Description} has none",
                    "run redb-supervisor --initialize, or set REDB_CLUSTER_PASSWORD"
                );
        }
        catch (KeyringException refused)
        {
            throw Missing($"{refused.What}: {refused.Cause}", refused.Next);
        }

        ClusterException Missing(string cause, string next) =>
            new($"the password of role {connection.User} of the cluster's database is not known: {cause}\n  {next}");
    }
}
