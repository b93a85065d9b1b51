using System.Globalization;
using Redb.Hosts.Tests.Kit;
using Redb.TestKit;
using Redb.TestKit.Hosts;

namespace Redb.Hosts.Tests.Clusters;

/// <summary>Three hosts whose cables, supervisors and services fail at random, one or two hosts at a time, again and again.</summary>
public sealed class PartitionTests
{
    private const string RoundsVariable = "REDB_CHAOS_ROUNDS";
    private const string SeedVariable = "REDB_CHAOS_SEED";

    // Short enough to go unnoticed by the others, or long enough to be declared dead.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(12);

    // Rounds follow each other faster than deaths of a silo are meant to.
    private static readonly string[] s_backOff = ["restart_delay: 100ms", "restart_max_delay: 1s"];

    private readonly Random _random = new(Seed);
    private int _killedServices;

    private static int Rounds { get; } = Number(RoundsVariable, 0);

    private static int Seed { get; } = Number(SeedVariable, (int)(TimeProvider.System.GetTimestamp() % 1_000_000));

    [Fact]
    public async Task Whatever_fails_no_service_has_two_processes_and_in_the_end_all_is_well()
    {
        Assert.SkipUnless(Rounds > 0, "a round takes a quarter of a minute: ./chaos --partitions does it");
        await using var cluster = await HostCluster.CreateMeshedAsync(["a", "b", "c"], s_backOff);
        await Task.WhenAll(cluster.Sites.Select(site => site.StartReadyAsync()));
        await cluster.WholeAsync();
        await using var witness = new DoubleWitness(cluster.Sites);
        var began = TimeProvider.System.GetTimestamp();

        try
        {
            for (var round = 1; round <= Rounds; round++)
            {
                await HappenAsync(cluster, round);
                witness
                    .Doubles.Should()
                    .BeEmpty("no service ever has two processes (round {0}, seed {1})", round, Seed);
            }
        }
        catch
        {
            await KeepLinesAsync(cluster);
            throw;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Rounds} rounds in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s, {_killedServices} services killed meanwhile: 0 with two processes in {witness.Looks} looks, no healthy supervisor ended, all Ready after each; seed {Seed}"
            )
        );
    }

    private async Task HappenAsync(HostCluster cluster, int round)
    {
        var hosts = cluster.Hosts.ToArray();
        _random.Shuffle(hosts);
        var mishaps = hosts
            .Take(_random.Next(1, hosts.Length))
            .Select(host => new Mishap((MishapKind)_random.Next(3), host.Site, host.Machine))
            .ToList();
        var story = $"round {round}, seed {Seed}: {string.Join(", ", mishaps)}";
        var healthy = hosts.Skip(mishaps.Count).Select(host => (host.Site, Ended: Ends(host.Site))).ToList();
        var services = cluster.Sites.SelectMany(site => site.ServicePids).ToHashSet();

        mishaps.ForEach(mishap => mishap.Begin());
        KillService(hosts[_random.Next(hosts.Length)].Site, services);
        await Task.Delay(s_longest * _random.NextDouble(), TimeProvider.System, TestContext.Current.CancellationToken);
        await Task.WhenAll(mishaps.Select(mishap => mishap.EndAsync()));

        await cluster.WholeAsync();
        await Task.WhenAll(cluster.Sites.Select(site => ReadyAsync(site, story)));
        foreach (var (site, ended) in healthy)
        {
            Ends(site).Should().Be(ended, "the supervisor of {0} was healthy ({1})", site.Name, story);
        }

        cluster
            .Sites.SelectMany(site => site.ServicePids)
            .Should()
            .Contain(services, "nothing restarts a service that has not died ({0})", story);
    }

    // In every other round, and where its supervisor may or may not see it.
    private void KillService(ClusterSite site, HashSet<int> services)
    {
        if (_random.Next(2) == 0)
        {
            var victim = site.SleeperPids[0];
            Signals.Send(victim, "KILL");
            services.Remove(victim);
            _killedServices++;
        }
    }

    private static async Task ReadyAsync(ClusterSite site, string story)
    {
        var (code, output) = await site.CtlAsync("wait", "--timeout", "60s");
        code.Should().Be(0, "all groups are Ready in the end ({0}): {1}", story, output);
    }

    // The same seed makes the same choices, but not the same moments: what was said is all there is to find the cause with.
    private static async Task KeepLinesAsync(HostCluster cluster)
    {
        var folder = Directory.CreateTempSubdirectory("redb-partitions-").FullName;
        foreach (var site in cluster.Sites)
        {
            await File.WriteAllLinesAsync(Path.Combine(folder, $"{site.Name}.log"), site.Lines);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"what the supervisors said: {folder}");
    }

    // Of a supervisor that was declared dead, and begins anew in its own place.
    private static int Ends(ClusterSite site) =>
        site.Count(line => line.Contains("in place", StringComparison.Ordinal))
        + (Signals.IsRunning(site.Process.Pid) ? 0 : 1);

    private static int Number(string variable, int fallback) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : fallback;
}
