using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Grains.Planning;
using Redb.Security;
using Redb.Silo.Cluster;
using Redb.Silo.Journal;
using Redb.Silo.Processes;
using Redb.Silo.Security;

namespace Redb.Silo.Hosting;

/// <summary>The part of a supervisor's life in which a silo runs: built, begun, and brought to its end in the way it was asked for.</summary>
internal static class SiloRun
{
    /// <summary>Runs it, and everything on it, until it is asked to end.</summary>
    /// <param name="plan">What is supervised.</param>
    /// <param name="seat">Its place in the cluster.</param>
    /// <param name="journal">What outlives it.</param>
    /// <param name="configurations">One for each group.</param>
    /// <param name="held">The data folders that are held.</param>
    /// <param name="self">How this process was started.</param>
    /// <param name="stop">Where its end is asked for.</param>
    public static async Task<int> RunAsync(
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
        var folders = new HeldFolders(held);
        var began = TimeProvider.System.GetTimestamp();
        await using var log = new SupervisorLog(folders.Own, LevelOf(logging.Level));
        var (guard, unguarded) = GuardOf(configurations[0], plan.Host);
        if (guard is null)
        {
            return await SupervisorRun.ComplainAsync(unguarded);
        }

        await using var pad = new LaunchPad(plan, journal, log, folders);
        using var address = new SupervisorAddressFile(folders.All, stop);
        if (await FailureAsync(() => pad.BeginAsync(stop.Ordered)) is { } refusal)
        {
            return await SupervisorRun.ComplainAsync(refusal);
        }

        await using var host = new SupervisorHost(pad, seat, guard, stop, self);
        try
        {
            await host.StartAsync(GroupPlanner.RotationOf(logging), CancellationToken.None);
            address.Write(
                host.Address with
                {
                    ConfigurationFiles =
                    [
                        .. configurations.Select(configuration => Path.GetFullPath(configuration.File)),
                    ],
                    WorkingDirectory = Directory.GetCurrentDirectory(),
                }
            );
        }
        catch (Exception failure) when (StartFailure.Describe(failure) is { } cause)
        {
            if (!seat.IsSharedWithOthers || !StartFailure.IsOfTheCluster(failure))
            {
                return await SupervisorRun.ComplainAsync(cause);
            }

            log.Say($"{cause}\nrestarting in place as an island; the services run on");
            StartFailure.NoteIsland(cause, seat.BackOff, TimeProvider.System.GetElapsedTime(began));
            stop.Request(Ending.Restart);
            return stop.Ending == Ending.Restart ? RedbExitCode.Done : RedbExitCode.Failed;
        }

        foreach (var (group, configuration) in plan.Groups.Zip(configurations))
        {
            log.Say(
                $"redb-supervisor {SupervisorVersion.Current} ({configuration.LicenseDistribution}): group {group.Key.Group} on host {plan.Host}, gRPC on {group.Endpoint}, data in {configuration.Supervisor.DataDirectory}"
            );
        }

        return await SuperviseAsync(host, log, stop);
    }

    private static (SiloGuard? Guard, string Refusal) GuardOf(RedbConfiguration configuration, string host)
    {
        try
        {
            var guard = SiloGuard.Of(configuration.Cluster, host);
            if (guard.Notice.Length > 0)
            {
                Console.Error.WriteLine(guard.Notice);
            }

            return (guard, "");
        }
        catch (CredentialFailure failure)
        {
            return (null, failure.Describe());
        }
    }

    private static async Task<int> SuperviseAsync(SupervisorHost host, SupervisorLog log, StopRequests stop)
    {
        if (!stop.Ordered.IsCancellationRequested)
        {
            await host.BeginAsync();
        }

        await WaitAsync(stop.Ordered);
        if (stop.Ending != Ending.Stop)
        {
            log.Say(
                stop.Ending == Ending.Restart
                    ? "restarting; the services run on"
                    : "ending alone; the services run on, and the next supervisor takes them over"
            );
            return RedbExitCode.Done;
        }

        log.Say("stopping; once more kills everything at once");
        var isClean = await host.StopGroupsAsync(stop.Immediate);
        return stop.Immediate.IsCancellationRequested ? RedbExitCode.Interrupted
            : isClean ? RedbExitCode.Done
            : RedbExitCode.Failed;
    }

    private static async Task<string?> FailureAsync(Func<Task> start)
    {
        try
        {
            await start();
            return null;
        }
        catch (Exception failure) when (StartFailure.Describe(failure) is { } cause)
        {
            return cause;
        }
    }

    private static async Task WaitAsync(CancellationToken token)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(asked.SetResult);
        await asked.Task;
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
