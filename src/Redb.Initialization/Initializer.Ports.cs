using Redb.Abstractions.Configuration;
using Redb.Database.Cluster;
using Redb.Database.Postgres;
using Redb.Initialization.Database;
using Redb.Initialization.Interview;
using Redb.Initialization.Keyring;
using Redb.Initialization.Progress;
using Redb.Initialization.Steps;
using Redb.Keyring;

namespace Redb.Initialization;

public static partial class Initializer
{
    /// <summary>The real keyring and the real database of a request.</summary>
    /// <param name="terminal">Whom to ask; null at a start, which changes nothing on a server and asks nobody.</param>
    /// <param name="time">Clock.</param>
    private static Func<InitializationRequest, NodeRecord, Workbench> PortsWith(
        ITerminal? terminal,
        TimeProvider time
    ) =>
        (request, record) =>
        {
            var configuration = request.Configuration;
            var folder = record.Folder ?? request.NodeFolder;
            var administrator = terminal is null
                ? null
                : AdministratorOf(configuration.Database.Postgres, terminal, request.MayGuess);
            return new(
                configuration,
                new GroupSecrets(
                    new KeyringOpener(time),
                    KeyringRequest.OfProcess(configuration) with
                    {
                        IsDev = request.IsDev,
                        WorkingDirectory = request.WorkingDirectory,
                    }
                ),
                new DatabaseChooser(configuration.Database, record.Server, folder, administrator, time)
            )
            {
                Record = record with { Folder = folder },
                MayReplacePassword = request.MayReplacePassword,
                Cluster =
                    terminal is null || configuration.Cluster.Provider != ClusterProvider.Postgres
                        ? null
                        : ClusterOf(configuration, administrator!, terminal, request.MayGuess),
            };
        };

    private static Administrator AdministratorOf(PostgresConfiguration server, ITerminal terminal, bool mayGuess) =>
        new(
            server,
            terminal,
            mayGuess,
            async (access, token) =>
            {
                await using var administration = new PostgresAdministration(access);
                return (await administration.ReachAsync(token)).Failure;
            }
        );

    // Whoever was found on the node's server need not be asked for again.
    private static ClusterTables ClusterOf(
        RedbConfiguration configuration,
        Administrator administrator,
        ITerminal terminal,
        bool mayGuess
    )
    {
        var server = ClusterDatabase.ServerOf(configuration.Database.Postgres, configuration.Cluster.Connection);
        return new(
            configuration,
            server == configuration.Database.Postgres ? administrator : AdministratorOf(server, terminal, mayGuess)
        );
    }
}
