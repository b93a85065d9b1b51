using Redb.TestKit;
using Redb.TestKit.Hosts;

namespace Redb.Hosts.Tests.Kit;

/// <summary>PostgreSQL away for a while, with everything that is not to mind.</summary>
internal sealed class Outage(HostCluster cluster)
{
    private static readonly TimeSpan s_betweenCommands = TimeSpan.FromSeconds(2);

    private readonly List<TimeSpan> _restarted = [];
    private readonly List<TimeSpan> _joined = [];

    /// <summary>Kills the last supervisor, takes PostgreSQL away, does what must work all the same, and waits until all is as it was.</summary>
    public async Task LastAsync()
    {
        var (a, b, late) = (cluster.Hosts[0].Site, cluster.Hosts[1].Site, cluster.Hosts[2].Site);
        var (pids, own) = (a.ServicePids, late.ServicePids);
        var replaced = a.Count(IsReplacement);
        late.Process.Signal("KILL");
        await late.Process.EndAsync();
        await cluster.Postgres.StopImmediatelyAsync();
        var began = TimeProvider.System.GetTimestamp();

        await late.TakeOverAsync();
        late.ServicePids.Should().Equal(own);
        (await late.TroublesAsync()).Should().ContainSingle().Which.Should().Contain("island");
        await KillAsync(b);
        await CommandAsync(a, began);

        var come = new[] { a, b }.Select(site => site.Sightings(late, isMember: true)).ToList();
        await cluster.Postgres.StartAgainAsync();
        _joined.Add(
            await Figures.TakeAsync(() =>
                Task.WhenAll(a.SeesAsync(late, true, come[0] + 1), b.SeesAsync(late, true, come[1] + 1))
            )
        );
        await cluster.WholeAsync();
        a.ServicePids.Should().Equal(pids, "PostgreSQL is no reason to restart anything");
        late.ServicePids.Should().Equal(own);
        a.Count(IsReplacement).Should().Be(replaced);
    }

    /// <summary>Judges all rounds so far.</summary>
    public void Judge(TimeSpan restarted, TimeSpan joined)
    {
        var what = FormattableString.Invariant($"PostgreSQL away {Figures.Outage.TotalSeconds:0} s");
        Figures.Judge($"{what}: killed service runs again", _restarted, restarted);
        Figures.Judge($"{what}: island joined", _joined, joined);
    }

    private static bool IsReplacement(string line) => line.Contains("in place", StringComparison.Ordinal);

    private async Task KillAsync(ClusterSite site)
    {
        var before = site.SleeperPids;
        Signals.Send(before[0], "KILL");
        _restarted.Add(
            await Figures.TakeAsync(() =>
                Until.TrueAsync(
                    () => site.SleeperPids is { Count: 2 } now && !now.Contains(before[0]),
                    "the service is restarted"
                )
            )
        );
    }

    // Exit codes are judged in there.
    private static async Task CommandAsync(ClusterSite site, long began)
    {
        IReadOnlyList<string> troubles;
        do
        {
            troubles = await site.TroublesAsync();
            await Task.Delay(s_betweenCommands, TimeProvider.System, TestContext.Current.CancellationToken);
        } while (TimeProvider.System.GetElapsedTime(began) < Figures.Outage);

        troubles.Should().ContainSingle().Which.Should().Contain("out of reach");
    }
}
