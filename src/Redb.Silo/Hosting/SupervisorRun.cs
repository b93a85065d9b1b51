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
        var configurations = options.Dev ? set.Configurations.Select(PlayMissing) : set.Configurations;
        var code = await SuperviseAsync([.. configurations], self, stop);

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
                    Flags = new() { Port = options.Port, DataDirectory = options.DataDirectory },
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
        ImmutableArray<RedbConfiguration> configurations,
        StartedAs self,
        StopRequests stop
    )
    {
        var folders = new List<DataFolder>();
        try
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
                    await Console.Error.WriteLineAsync(conflict);
                    return exitCode;
                }

                folders.Add(folder);
            }

            // As configured: the folder of a group's own files changes when another group comes to share its data folder.
            var held = HeldFolders(configurations);
            var (seat, refusal, code) = await ClusterSeat.TakeAsync(
                configurations[0].Cluster,
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
                return await SuperviseAsync(seat, configurations, held, self, stop);
            }
        }
        finally
        {
            folders.ForEach(folder => folder.Dispose());
        }
    }

    private static async Task<int> SuperviseAsync(
        ClusterSeat seat,
        ImmutableArray<RedbConfiguration> configurations,
        ImmutableArray<(string Group, string Folder)> held,
        StartedAs self,
        StopRequests stop
    )
    {
        var separate = GroupFolders.Separate(configurations);
        var planner = new GroupPlanner(seat.Identity.Host, Directory.GetCurrentDirectory());
        var plan = new HostPlan(seat.Identity.Host, [.. separate.Select(planner.Plan)]);
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
            return await RunSiloAsync(plan, seat, journal, separate, held, self, stop);
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

    private static async Task<int> RunSiloAsync(
        HostPlan plan,
        ClusterSeat seat,
        HostJournal journal,
        ImmutableArray<RedbConfiguration> configurations,
        ImmutableArray<(string Group, string Folder)> held,
        StartedAs self,
        StopRequests stop
    )
    {
        // What belongs to the process and not to one of its groups follows the first file.
        var logging = configurations[0].Logging;
        await using var host = new SupervisorHost(
            plan,
            seat,
            journal,
            LevelOf(logging.Level),
            held[0].Folder,
            held.ToDictionary(entry => entry.Group, entry => entry.Folder, StringComparer.Ordinal),
            stop,
            self
        );
        using var address = new SupervisorAddressFile([
            .. held.Select(entry => entry.Folder).Distinct(StringComparer.Ordinal),
        ]);
        try
        {
            await host.StartAsync(GroupPlanner.RotationOf(logging), CancellationToken.None);
            address.Write(host.Address);
        }
        catch (Exception failure) when (StartFailure.Describe(failure) is { } cause)
        {
            return await ComplainAsync(cause);
        }

        foreach (var (group, configuration) in plan.Groups.Zip(configurations))
        {
            host.Say(
                $"redb-supervisor {SupervisorVersion.Current} ({configuration.LicenseDistribution}): group {group.Key.Group} on host {plan.Host}, gRPC on {group.Endpoint}, data in {configuration.Supervisor.DataDirectory}"
            );
        }

        return await SuperviseAsync(host, stop);
    }

    private static async Task<int> SuperviseAsync(SupervisorHost host, StopRequests stop)
    {
        if (!stop.Ordered.IsCancellationRequested)
        {
            await host.BeginAsync();
        }

        await WaitAsync(stop.Ordered);
        if (stop.Ending != Ending.Stop)
        {
            host.Say(
                stop.Ending == Ending.Restart
                    ? "restarting; the services run on"
                    : "ending alone; the services run on, and the next supervisor takes them over"
            );
            return RedbExitCode.Done;
        }

        host.Say("stopping; once more kills everything at once");
        var isClean = await host.StopGroupsAsync(stop.Immediate);
        return stop.Immediate.IsCancellationRequested ? RedbExitCode.Interrupted
            : isClean ? RedbExitCode.Done
            : RedbExitCode.Failed;
    }

    private static async Task WaitAsync(CancellationToken token)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(asked.SetResult);
        await asked.Task;
    }

    private static string? TakenPort(HostPlan plan) =>
        new PortCheck(TimeSpan.Zero).Refusal([.. plan.Groups.Select(group => group.ListenPort)], _ => false)
            is { } taken
            ? $"the gRPC listener cannot start: {taken}\n  stop that process, or choose another supervisor.port, --port or port_offset"
            : null;

    private static async Task<int> ComplainAsync(string cause)
    {
        await Console.Error.WriteLineAsync(cause);
        return RedbExitCode.Failed;
    }

    private static LogLevel LevelOf(string level) =>
        level switch
        {
            "debug" => LogLevel.Debug,
            "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => LogLevel.Information,
        };
}
