using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Initialization;
using Redb.Initialization.Start;

namespace Redb.Silo.Hosting;

/// <summary>Sees to the nodes of all groups before anything is started: initializes them, or looks whether they are whole.</summary>
internal sealed class NodePreparation(SupervisorOptions options, StopRequests stop)
{
    /// <summary>For <c>--initialize</c> and <c>--plan</c>: one group after the other, up to the first that fails.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InitializeAsync(ImmutableArray<RedbConfiguration> configurations)
    {
        foreach (var (configuration, folder) in WithFolders(configurations))
        {
            var request = Request(configuration, folder) with
            {
                Manner = options.Initialization.IsPlan ? Manner.Plan : Manner.Ask,
            };
            if (await Initializer.RunAsync(request, TimeProvider.System, stop.Ordered) is { } failure)
            {
                return await ComplainAsync(failure);
            }
        }

        return RedbExitCode.Done;
    }

    /// <summary>For a start.</summary>
    /// <returns>The groups as they can be started, or the exit code.</returns>
    public async Task<(ImmutableArray<PreparedGroup> Groups, int ExitCode)> PrepareAsync(
        ImmutableArray<RedbConfiguration> configurations
    )
    {
        var prepared = ImmutableArray.CreateBuilder<PreparedGroup>(configurations.Length);
        foreach (var (configuration, folder) in WithFolders(configurations))
        {
            var (facts, failure) = await Initializer.PrepareAsync(
                Request(configuration, folder),
                options.Initialization.IsAutomatic,
                TimeProvider.System,
                stop.Ordered
            );
            if (failure is not null)
            {
                return ([], await ComplainAsync(failure));
            }

            foreach (var notice in facts.Notices)
            {
                await Console.Error.WriteLineAsync(notice);
            }

            prepared.Add(Prepared(configuration, facts));
        }

        return (prepared.MoveToImmutable(), RedbExitCode.Done);
    }

    // Groups in one data folder would share the files of one node.
    private static IEnumerable<(RedbConfiguration Configuration, string Folder)> WithFolders(
        ImmutableArray<RedbConfiguration> configurations
    ) =>
        configurations.Zip(GroupFolders.Separate(configurations).Select(separate => separate.Supervisor.DataDirectory));

    private static PreparedGroup Prepared(RedbConfiguration configuration, NodeFacts facts) =>
        new(
            facts.MasterPassword.Length == 0
                ? configuration
                : configuration with
                {
                    Keyring = configuration.Keyring with { MasterKey = facts.MasterPassword },
                },
            new()
            {
                NodeId = facts.NodeId,
                MeshId = facts.MeshId,
                TenantId = facts.Tenant?.Id,
                TenantName = facts.Tenant?.Name,
            }
        );

    private InitializationRequest Request(RedbConfiguration configuration, string nodeFolder) =>
        new()
        {
            Configuration = configuration,
            Folder = configuration.Supervisor.DataDirectory,
            NodeFolder = nodeFolder,
            Manner = Manner.Silent,
            MayGuess = options.Dev || !options.Initialization.EndsAfterwards || options.Initialization.IsAutomatic,
            IsDev = options.Dev,
            IsConfirmed = options.Initialization.IsConfirmed,
            MayReplacePassword = options.Initialization.MayReplacePassword,
        };

    private static async Task<int> ComplainAsync(Failure failure)
    {
        await Console.Error.WriteLineAsync(failure.ToString());
        return failure.Kind switch
        {
            FailureKind.Unanswered => RedbExitCode.Usage,
            FailureKind.Conflict => RedbExitCode.Conflict,
            FailureKind.Refused => RedbExitCode.Refused,
            FailureKind.Unavailable => RedbExitCode.Unavailable,
            FailureKind.TimedOut => RedbExitCode.TimedOut,
            FailureKind.Declined => RedbExitCode.Declined,
            FailureKind.Interrupted => RedbExitCode.Interrupted,
            _ => RedbExitCode.Failed,
        };
    }
}
