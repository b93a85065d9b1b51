using AwesomeAssertions.Execution;
using Redb.Hosts.Tests.Kit;

namespace Redb.Hosts.Tests.Clusters;

/// <summary>Three hosts with two groups each, from their first start to the loss of everything at once: one cluster goes through all of it.</summary>
/// <remarks>Costs a minute and a half: to be declared dead takes its time, three times over, and PostgreSQL is away for a while.</remarks>
public sealed class ThreeHostsTests
{
    private static readonly TimeSpan s_sessions = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_killed = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_silent = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan s_fast = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_back = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_serving = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_joined = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_restarted = TimeSpan.FromSeconds(1);

    // Rounds follow each other faster than deaths of a silo are meant to.
    private static readonly string[] s_backOff = ["restart_delay: 100ms", "restart_max_delay: 1s"];

    [Fact]
    public async Task Hosts_find_each_other_see_who_is_gone_and_come_through_outages()
    {
        await using var cluster = await HostCluster.CreateMeshedAsync(["a", "b", "c"], s_backOff);
        await Task.WhenAll(cluster.Sites.Select(site => site.StartReadyAsync()));
        var sessions = await Figures.TakeAsync(cluster.WholeAsync);

        using var all = new AssertionScope();
        Judge("normal", await LoseOneAsync(cluster, s_killed, s_silent));
        await LoseDatabaseAsync(cluster);
        await LosePowerAsync(cluster, sessions);
    }

    [Fact]
    public async Task With_fast_detection_they_see_it_sooner()
    {
        Assert.SkipUnless(Figures.AreMeant, "the same as with the default, sooner: bench/cluster does it");
        await using var cluster = await HostCluster.CreateMeshedAsync(
            ["a", "b", "c"],
            ["failure_detection: fast", .. s_backOff]
        );
        await cluster.StartAsync();
        await cluster.WholeAsync();

        using var all = new AssertionScope();
        Judge("fast", await LoseOneAsync(cluster, s_fast, s_fast));
    }

    private static async Task<Loss[]> LoseOneAsync(HostCluster cluster, TimeSpan killed, TimeSpan silent)
    {
        var (site, machine) = cluster.Hosts[^1];
        var pids = site.ServicePids;
        Loss[] losses =
        [
            new("killed", killed, () => site.Process.Signal("KILL"), () => site.Start()),
            new("frozen", silent, () => site.Process.Signal("STOP"), () => site.Process.Signal("CONT")),
            new("cut off", silent, machine.Cut, machine.Heal),
        ];
        for (var round = 0; round < Figures.Rounds; round++)
        {
            foreach (var loss in losses)
            {
                await loss.HappenAsync(cluster, site);
            }
        }

        site.ServicePids.Should().Equal(pids, "nobody touches a service because of a network");
        return losses;
    }

    private static async Task LoseDatabaseAsync(HostCluster cluster)
    {
        var away = new Outage(cluster);
        for (var round = 0; round < Figures.Rounds; round++)
        {
            await away.LastAsync();
        }

        away.Judge(s_restarted, s_joined);
    }

    private static async Task LosePowerAsync(HostCluster cluster, TimeSpan sessions)
    {
        var power = new PowerLoss(cluster);
        for (var round = 0; round < Figures.Rounds; round++)
        {
            await power.HappenAsync();
        }

        Figures.Judge("last group Ready -> all sessions", [sessions, .. power.Sessions], s_sessions);
        Figures.Judge("power lost: first group Ready", power.First, s_serving);
        Figures.Judge("power lost: all groups Ready", power.All, s_serving);
    }

    private static void Judge(string detection, Loss[] losses)
    {
        foreach (var loss in losses)
        {
            Figures.Judge($"{loss.Kind}, {detection}: seen by the others", loss.Seen, loss.Promised);
            Figures.Judge($"{loss.Kind}, {detection}: back with all sessions", loss.Back, s_back);
        }
    }
}
