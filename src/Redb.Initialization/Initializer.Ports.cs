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
                : new Administrator(
                    configuration.Database.Postgres,
                    terminal,
                    request.MayGuess,
                    async (access, token) =>
                    {
                        await using var server = new PostgresAdministration(access);
                        return (await server.ReachAsync(token)).Failure;
                    }
                );
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
            };
        };
}
