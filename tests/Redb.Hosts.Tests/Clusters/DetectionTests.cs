using Redb.Hosts.Tests.Kit;
using Redb.TestKit;
using Redb.TestKit.Hosts;

namespace Redb.Hosts.Tests.Clusters;

/// <summary>How soon the others see that a host is killed, frozen or cut off, and that it comes back with its services untouched.</summary>
/// <remarks>Costs half a minute: to be declared dead takes its time, three times over.</remarks>
public sealed class DetectionTests
{
    // The suite wants to know that it happens; on a machine that is busy with others it may take long.
    private static readonly TimeSpan s_killed = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_silent = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan s_fast = TimeSpan.FromSeconds(5);

    [Fact]
    public Task A_host_that_is_gone_or_silent_is_seen_by_the_others_fast() => SeeAsync("fast", s_fast, s_fast);

    [Fact]
    public Task A_host_that_is_gone_or_silent_is_seen_by_the_others()
    {
        Assert.SkipUnless(Figures.AreMeant, "the same as with failure_detection: fast, slower: bench/cluster does it");
        return SeeAsync("normal", s_killed, s_silent);
    }

    private static async Task SeeAsync(string detection, TimeSpan killed, TimeSpan silent)
    {
        await using var cluster = await HostCluster.CreateAsync(
            ["a", "b", "c"],
            $"failure_detection: {detection}",
            "restart_delay: 100ms",
            "restart_max_delay: 1s"
        );
        await cluster.StartAsync();
        var ((c, machine), pid) = (cluster.Hosts[2], cluster.Hosts[2].Site.ServicePids[0]);
        var (took, rounds) = (
            new[] { "killed", "frozen", "cut off" }.ToDictionary(kind => kind, _ => new List<TimeSpan>()),
            0
        );
        for (var round = 0; round < Figures.Rounds; round++)
        {
            await LoseAsync("killed", () => c.Process.Signal("KILL"), () => c.TakeOverAsync());
            await LoseAsync("frozen", () => c.Process.Signal("STOP"), () => Thaw(c));
            await LoseAsync("cut off", machine.Cut, () => Heal(machine));
        }

        c.ServicePids.Should().Equal([pid], "nobody touches a service because of a network");
        Figures.Judge($"killed, {detection}", took["killed"], killed);
        Figures.Judge($"frozen, {detection}", took["frozen"], silent);
        Figures.Judge($"cut off, {detection}", took["cut off"], silent);

        async Task LoseAsync(string kind, Action lose, Func<Task> bringBack)
        {
            rounds++;
            took[kind]
                .Add(
                    await Figures.TakeAsync(() =>
                    {
                        lose();
                        return Task.WhenAll(Others().Select(site => site.SeesAsync(c, isMember: false, rounds)));
                    })
                );
            await bringBack();
            await Task.WhenAll(Others().Select(site => site.SeesAsync(c, isMember: true, rounds + 1)));
        }

        IEnumerable<ClusterSite> Others() => cluster.Sites.Where(site => site != c);
    }

    private static Task Thaw(ClusterSite site)
    {
        site.Process.Signal("CONT");
        return Task.CompletedTask;
    }

    private static Task Heal(TestHost machine)
    {
        machine.Heal();
        return Task.CompletedTask;
    }
}
