using System.CommandLine;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Hosts;

/// <summary><c>hosts</c>: what many hosts cost, all of them simulated in this process.</summary>
internal static class HostsCommand
{
    // The first ones let the compilers finish.
    private const int WarmUp = 5;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var command = new FiguresCommand("hosts", "Status, spread of changes, memory and idle cost of many hosts.");
        var hosts = command.Number("--hosts", "How many hosts.", 100);
        var groups = command.Number("--groups", "Groups of each host.", 10);
        var services = command.Number("--services", "Services of each group.", 11);
        var runs = command.Number("--runs", "Samples of each figure.", 100);
        return command.Measures(parsed =>
            MeasureAsync(
                parsed.GetValue(hosts),
                parsed.GetValue(groups),
                parsed.GetValue(services),
                parsed.GetValue(runs)
            )
        );
    }

    private static async Task<HostsResult> MeasureAsync(int hosts, int groups, int services, int runs)
    {
        var none = LiveMemory();
        await using var cluster = await SimulatedCluster.StartAsync(hosts, groups, services);
        Say($"{hosts} hosts joined");
        var empty = LiveMemory();
        await cluster.BeginAsync();
        Say("every host sees all groups Ready, every group has all sessions");
        var idle = await IdleAsync();
        var full = LiveMemory();
        var resident = Environment.WorkingSet;
        using var tool = new StatusTool(cluster.Grains, cluster.Hosts[0]);
        var directory = cluster.Grains.GetGrain<IClusterDirectoryGrain>(cluster.Hosts[0].Name);
        Say("idle measured");
        return new(
            hosts,
            hosts * groups,
            hosts * groups * services,
            await TimeAsync(runs, _ => tool.RunAsync()),
            await TimeAsync(runs, _ => directory.GetViewAsync()),
            await TimeAsync(runs, run => ChangeAsync(cluster, run)),
            await TimeAsync(runs, run => CrashAsync(cluster, run)),
            (empty - none) / 1024.0 / hosts,
            (full - empty) / 1024.0 / (hosts * groups),
            resident / 1024.0 / (hosts * groups),
            idle
        );
    }

    private static async Task<Spread> TimeAsync(int runs, Func<int, Task> act)
    {
        var took = new List<double>();
        for (var run = 0; run < runs + WarmUp; run++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await act(run);
            if (run >= WarmUp)
            {
                took.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return Spread.Of(took);
    }

    // By turns on every host: the last service, so that nothing else follows from it.
    private static async Task ChangeAsync(SimulatedCluster cluster, int run)
    {
        var host = cluster.Hosts[run / 2 % cluster.Hosts.Length];
        var key = host.Groups[0];
        var last = (await cluster.ViewAsync(key)).Services[^1];
        var isUp = last.Phase == ServicePhase.Ready;
        var group = cluster.Grains.GetGrain<IInstanceGroupGrain>(key.ToString());
        await (isUp ? group.StopAsync([last.Name]) : group.StartAsync([last.Name]));
        var meant = isUp ? ServicePhase.Stopped : ServicePhase.Ready;
        await cluster.SeesAsync(
            directory => SimulatedCluster.ViewOf(directory, key)?.Services[^1].Phase == meant,
            $"{last.Name} of {key} {meant}"
        );
    }

    private static Task CrashAsync(SimulatedCluster cluster, int run)
    {
        var host = cluster.Hosts[run % cluster.Hosts.Length];
        return cluster.CrashAsync(host, run / cluster.Hosts.Length % host.Groups.Length);
    }

    // Minutes may pass between two of them.
    private static void Say(string news) =>
        Console.Error.WriteLine(
            $"{TimeProvider.System.GetUtcNow():HH:mm:ss} {news}, {Environment.CpuUsage.TotalTime.TotalSeconds:0} s of processor time"
        );

    private static long LiveMemory() => GC.GetTotalMemory(forceFullCollection: true);

    private static async Task<double> IdleAsync()
    {
        await Task.Delay(Rest, TimeProvider.System);
        var (used, began) = (Environment.CpuUsage.TotalTime, TimeProvider.System.GetTimestamp());
        await Task.Delay(Rest, TimeProvider.System);
        return (Environment.CpuUsage.TotalTime - used) / TimeProvider.System.GetElapsedTime(began);
    }
}
