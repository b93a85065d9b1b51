using System.CommandLine;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Cluster;

/// <summary><c>cluster</c>: what many hosts cost, all of them simulated in this process.</summary>
internal static class ClusterCommand
{
    // The first ones let the compilers finish.
    private const int WarmUp = 5;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var hosts = Number("--hosts", "How many hosts.", 100);
        var groups = Number("--groups", "Groups of each host.", 10);
        var services = Number("--services", "Services of each group.", 11);
        var runs = Number("--runs", "Samples of each figure.", 100);
        var json = new Option<string?>("--json") { Description = "File for the figures." };
        var command = new Command("cluster", "Status, spread of a change, memory and idle cost of many hosts.")
        {
            hosts,
            groups,
            services,
            runs,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
                await Results.WriteAsync(
                    await MeasureAsync(
                        parsed.GetValue(hosts),
                        parsed.GetValue(groups),
                        parsed.GetValue(services),
                        parsed.GetValue(runs)
                    ),
                    parsed.GetValue(json)
                )
        );
        return command;
    }

    private static Option<int> Number(string name, string description, int standard) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard };

    private static async Task<ClusterResult> MeasureAsync(int hosts, int groups, int services, int runs)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var cluster = await SimulatedCluster.StartAsync(hosts, groups, services);
        var idle = await IdleAsync();
        var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        var first = cluster.Hosts[0];
        using var tool = new StatusTool(cluster.Grains, first.Name, first.Groups.Select(key => key.Group));
        var directory = cluster.Grains.GetGrain<IClusterDirectoryGrain>(first.Name);
        return new(
            hosts,
            hosts * groups,
            hosts * groups * services,
            await TimeAsync(runs, _ => tool.RunAsync()),
            await TimeAsync(runs, _ => directory.GetViewAsync()),
            await TimeAsync(runs, run => ChangeAsync(cluster, run)),
            heap / 1024.0 / (hosts * groups),
            Environment.WorkingSet / 1024.0 / 1024,
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
        var key = host.Groups.First();
        var group = cluster.Grains.GetGrain<IInstanceGroupGrain>(key.ToString());
        var last = (await group.GetViewAsync()).Services[^1];
        var isUp = last.Phase == ServicePhase.Ready;
        await (isUp ? group.StopAsync([last.Name]) : group.StartAsync([last.Name]));
        var meant = isUp ? ServicePhase.Stopped : ServicePhase.Ready;
        await cluster.SeesAsync(
            directory => SimulatedCluster.ViewOf(directory, key)?.Services[^1].Phase == meant,
            $"{last.Name} of {key} {meant}"
        );
    }

    private static async Task<double> IdleAsync()
    {
        await Task.Delay(Rest, TimeProvider.System);
        var (used, began) = (Environment.CpuUsage.TotalTime, TimeProvider.System.GetTimestamp());
        await Task.Delay(Rest, TimeProvider.System);
        return (Environment.CpuUsage.TotalTime - used) / TimeProvider.System.GetElapsedTime(began);
    }
}
