using Redb.Hosts.Tests.Kit;
using Redb.TestKit;

namespace Redb.Hosts.Tests.Clusters;

/// <summary>Everything gone at once, and PostgreSQL gone for a while.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan s_serving = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_joined = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_restarted = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task After_a_loss_of_power_everything_comes_back_without_hands()
    {
        await using var cluster = await HostCluster.CreateAsync(["a", "b"]);
        await cluster.StartAsync();
        var (first, all) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < Figures.Rounds; round++)
        {
            await LosePowerAsync(cluster);
            var began = TimeProvider.System.GetTimestamp();
            var serving = cluster
                .Sites.Select(site => site.Start().LineAsync($"group {site.Name} ", "-> Ready"))
                .ToList();
            await Task.WhenAny(serving);
            first.Add(TimeProvider.System.GetElapsedTime(began));
            await Task.WhenAll(serving);
            all.Add(TimeProvider.System.GetElapsedTime(began));
            await cluster.MeetAsync(times: 1);
        }

        cluster.Sites.Should().AllSatisfy(site => site.ServicePids.Should().ContainSingle());
        Figures.Judge("power lost: first group Ready", first, s_serving);
        Figures.Judge("power lost: all groups Ready", all, s_serving);
    }

    [Fact]
    public async Task While_PostgreSQL_is_away_nothing_is_restarted_but_what_dies_and_a_host_that_boots_is_an_island()
    {
        await using var cluster = await HostCluster.CreateAsync(["a", "b", "late"]);
        var (a, b, late) = (cluster.Hosts[0].Site, cluster.Hosts[1].Site, cluster.Hosts[2].Site);
        var pids = await Task.WhenAll(a.StartReadyAsync(), b.StartReadyAsync());
        await Task.WhenAll(a.SeesAsync(b, true), b.SeesAsync(a, true));

        await cluster.Postgres.StopImmediatelyAsync();
        var away = Task.Delay(Figures.Outage, TimeProvider.System, TestContext.Current.CancellationToken);
        var island = await late.StartReadyAsync();
        Signals.Send(pids[1], "KILL");
        var restarted = await Figures.TakeAsync(() =>
            Until.TrueAsync(() => b.ServicePids is [var pid] && pid != pids[1], "the service is restarted")
        );
        var commands = 0;
        do
        {
            // Exit codes are judged in there.
            await a.TroublesAsync();
            commands++;
        } while (!away.IsCompleted);

        await cluster.Postgres.StartAgainAsync();
        var joined = await Figures.TakeAsync(() => Task.WhenAll(a.SeesAsync(late, true), b.SeesAsync(late, true)));

        commands.Should().BePositive();
        a.ServicePids.Should().Equal(pids[0]);
        late.ServicePids.Should().Equal(island);
        a.Process.Lines.Should().NotContain(line => line.Contains("in place", StringComparison.Ordinal));
        Figures.Judge(
            $"PostgreSQL away {Figures.Outage.TotalSeconds:0} s: killed service runs again",
            [restarted],
            s_restarted
        );
        Figures.Judge($"PostgreSQL away {Figures.Outage.TotalSeconds:0} s: island joined", [joined], s_joined);
    }

    private static async Task LosePowerAsync(HostCluster cluster)
    {
        foreach (var site in cluster.Sites)
        {
            site.Process.Signal("KILL");
            foreach (var pid in site.ServicePids)
            {
                Signals.SendToGroup(pid, "KILL");
            }
        }

        foreach (var site in cluster.Sites)
        {
            await site.Process.EndAsync();
        }
    }
}
