using Redb.TestKit;
using Redb.TestKit.Hosts;

namespace Redb.EndToEnd.Tests;

/// <summary>Several supervisors on one machine, each a process with a configuration of its own: one cluster, with no setup.</summary>
public sealed class ClusterTests : IAsyncDisposable
{
    // Orleans' own defaults need 13 s for a killed one and 67 s for a frozen one; ours need 4 s and 5 s where there is a core to run on.
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(20);

    private readonly string _shared = Directory.CreateTempSubdirectory("redb-cluster-").FullName;
    private readonly ClusterSite[] _sites;

    public ClusterTests() => _sites = [Site("a"), Site("b"), Site("c")];

    public async ValueTask DisposeAsync()
    {
        foreach (var site in _sites)
        {
            await site.DisposeAsync();
        }

        Directory.Delete(_shared, recursive: true);
    }

    [Fact]
    public async Task Three_find_each_other_and_see_one_killed_and_one_frozen_that_comes_back_in_place()
    {
        var (a, b, c) = (_sites[0], _sites[1], _sites[2]);
        var pids = await Task.WhenAll(_sites.Select(site => site.StartReadyAsync()));
        await Task.WhenAll(a.SeesAsync(b, true), a.SeesAsync(c, true), b.SeesAsync(a, true), c.SeesAsync(b, true));

        b.Process.Signal("KILL");
        await TakesAsync(Task.WhenAll(a.SeesAsync(b, false), c.SeesAsync(b, false)));

        c.Process.Signal("STOP");
        await TakesAsync(a.SeesAsync(c, false));
        c.Process.Signal("CONT");
        await c.Process.LineAsync("restarting in place");
        await c.Process.LineAsync("took over 1 running services");
        await a.SeesAsync(c, true, times: 2);
        c.ServicePids.Should().Equal(pids[2]);

        (await b.TakeOverAsync()).Should().Be(pids[1]);
        await Task.WhenAll(a.SeesAsync(b, true, times: 2), b.SeesAsync(c, true));
        a.ServicePids.Should().Equal(pids[0]);
    }

    private static async Task TakesAsync(Task seen)
    {
        var began = TimeProvider.System.GetTimestamp();
        await seen;
        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(s_soon);
    }

    // One machine is one host: what tells the sites apart is their groups.
    private ClusterSite Site(string name) =>
        new(name, ["failure_detection: fast", "restart_delay: 1s"])
        {
            Environment = [("REDB_CLUSTER_DIRECTORY", _shared), ("REDB_CLUSTER_HOST_NAME", "machine")],
        };
}
