using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Configuration;
using Redb.Grains.Planning;
using Redb.Silo.Cluster;
using Redb.Silo.Journal;
using Redb.Silo.Processes;

namespace Redb.Silo.Hosting;

/// <summary>One life of <c>redb-supervisor</c>: read, check, hold the data folders, run until asked to stop, stop in order.</summary>
internal static class SupervisorRun
{
    public static async Task<int> RunAsync(SupervisorOptions options, StopRequests stop)
    {
        var self = StartedAs.Read();
        if (!HasWorkingDirectory())
        {
            return await ComplainAsync(
                "the working directory does not exist any more: relative paths mean nothing\n  change to a folder that exists and start again"
            );
        }

        var set = Read(options);
        foreach (var problem in set.Problems)
        {
            await Console.Error.WriteLineAsync(problem.ToString());
        }

        if (set.Configurations.IsEmpty)
        {
            await Console.Error.WriteLineAsync("nothing was started: the configuration has errors (see above)");
            return RedbExitCode.Configuration;
        }

        if (options.ValidateOnly)
        {
            await Console.Out.WriteLineAsync($"{string.Join(", ", options.Files)}: valid");
            return RedbExitCode.Done;
        }

        stop.OnSignal = options.LeaveRunning ? Ending.Leave : Ending.Stop;
        var preparation = new NodePreparation(options, stop);
        if (options.Initialization.IsPlan)
        {
            // Nothing is to be changed, so nothing is held either.
            return await preparation.InitializeAsync(set.Configurations);
        }

        var code = await SuperviseAsync(options, set.Configurations, self, stop);

        // Only here, where the journal is closed and the data folders are free again.
        return stop.Ending == Ending.Restart && code == RedbExitCode.Done
            ? await ComplainAsync(
                $"the supervisor could not be replaced: {SelfExec.Run(self)}\n  its services run on: start redb-supervisor again, and it takes them over"
            )
            : code;
    }

    private static bool HasWorkingDirectory()
    {
        try
        {
            return Directory.GetCurrentDirectory().Length > 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static ConfigurationSet Read(SupervisorOptions options) =>
        ConfigurationReader.ReadFiles([
            .. options.Files.Select(file =>
                ReaderInput.OfProcess(file) with
                {
                    Flags = options.Initialization.Flags with
                    {
                        Port = options.Port,
                        DataDirectory = options.DataDirectory,
                    },
                    Dev = options.Dev,
                }
            ),
        ]);

    private static RedbConfiguration PlayMissing(RedbConfiguration configuration)
    {
        var (playable, played) = DevStandIns.Apply(configuration);
        if (played.Count > 0)
        {
            Console.Error.WriteLine($"development: redb-standin plays {string.Join(", ", played)}");
        }

        return playable;
    }

    private static async Task<int> SuperviseAsync(
        SupervisorOptions options,
        ImmutableArray<RedbConfiguration> configurations,
        StartedAs self,
        StopRequests stop
    )
    {
        var folders = new List<DataFolder>();
        try
        {
            if (Hold(configurations, folders) is { } conflict)
            {
                await Console.Error.WriteLineAsync(conflict.Refusal);
                return conflict.ExitCode;
            }

            var preparation = new NodePreparation(options, stop);
            if (options.Initialization.IsAsked)
            {
                return await preparation.InitializeAsync(configurations);
            }

            var (groups, refused) = await preparation.PrepareAsync(configurations);
            return groups.IsEmpty ? refused : await SuperviseAsync(options, groups, self, stop);
        }
        finally
        {
            folders.ForEach(folder => folder.Dispose());
        }
    }

    private static (string Refusal, int ExitCode)? Hold(
        ImmutableArray<RedbConfiguration> configurations,
        List<DataFolder> held
    )
    {
        foreach (
            var path in configurations
                .Select(configuration => configuration.Supervisor.DataDirectory)
                .Distinct(StringComparer.Ordinal)
        )
        {
            var (folder, conflict, exitCode) = DataFolder.Hold(path);
            if (folder is null)
            {
                return (conflict, exitCode);
            }

            held.Add(folder);
        }

        return null;
    }

    private static async Task<int> SuperviseAsync(
        SupervisorOptions options,
        ImmutableArray<PreparedGroup> groups,
        StartedAs self,
        StopRequests stop
    )
    {
        ImmutableArray<RedbConfiguration> configurations =
        [
            .. groups.Select(group => options.Dev ? PlayMissing(group.Configuration) : group.Configuration),
        ];

        // As configured: the folder of a group's own files changes when another group comes to share its data folder.
        var held = HeldFolders(configurations);
        var (seat, refusal, code) = await ClusterSeat.TakeAsync(
            configurations[0],
            options.Dev,
            held,
            TimeProvider.System
        );
        if (seat is null)
        {
            await Console.Error.WriteLineAsync(refusal);
            return code;
        }

        using (seat)
        {
            var separate = GroupFolders.Separate(configurations);
            var planner = new GroupPlanner(seat.Identity.Host, Directory.GetCurrentDirectory());
            var plans = separate.Zip(groups, (configuration, group) => planner.Plan(configuration, group.Identity));
            var plan = new HostPlan(seat.Identity.Host, [.. plans]);
            return await SuperviseAsync(seat, plan, separate, held, self, stop);
        }
    }

    private static async Task<int> SuperviseAsync(
        ClusterSeat seat,
        HostPlan plan,
        ImmutableArray<RedbConfiguration> configurations,
        ImmutableArray<(string Group, string Folder)> held,
        StartedAs self,
        StopRequests stop
    )
    {
        if (TakenPort(plan) is { } taken)
        {
            return await ComplainAsync(taken);
        }

        var (journal, refusal) = await HostJournal.OpenAsync(held, new(), TimeProvider.System);
        if (journal is null)
        {
            return await ComplainAsync(refusal);
        }

        // Closed last: the end of the services is worth remembering, too.
        await using (journal)
        {
            return await SiloRun.RunAsync(plan, seat, journal, configurations, held, self, stop);
        }
    }

    private static ImmutableArray<(string Group, string Folder)> HeldFolders(
        ImmutableArray<RedbConfiguration> configurations
    ) =>
        [
            .. configurations.Select(configuration =>
                (configuration.InstanceGroup.GroupId, configuration.Supervisor.DataDirectory)
            ),
        ];

    private static string? TakenPort(HostPlan plan) =>
        new PortCheck(TimeSpan.Zero).Refusal([.. plan.Groups.Select(group => group.ListenPort)], _ => false)
            is { } taken
            ? $"the gRPC listener cannot start: {taken}\n  stop that process, or choose another supervisor.port, --port or port_offset"
            : null;

    /// <summary>Says why nothing runs.</summary>
    public static async Task<int> ComplainAsync(string cause)
    {
        await Console.Error.WriteLineAsync(cause);
        return RedbExitCode.Failed;
    }
}
