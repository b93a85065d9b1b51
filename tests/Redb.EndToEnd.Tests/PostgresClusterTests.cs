using Redb.TestKit;
using Redb.TestKit.Hosts;
using Redb.TestKit.Postgres;

namespace Redb.EndToEnd.Tests;

/// <summary>Supervisors that find each other in a real PostgreSQL; each has a host of its own, though all are on this machine.</summary>
public sealed class PostgresClusterTests : IAsyncLifetime
{
    private const int Refused = 7;
    private const string Connection = "connection: {user: postgres}";

    // What is promised is 15 s from the moment PostgreSQL answers, where there is a core to run on.
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    private readonly List<ClusterSite> _sites = [];
    private PostgresServer? _server;

    private PostgresServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var site in _sites)
        {
            await site.DisposeAsync();
        }

        await Server.DisposeAsync();
    }

    [Fact]
    public async Task What_keeps_a_supervisor_from_its_cluster_is_told_with_the_next_command()
    {
        var site = Site("north", "connection: {user: postgres, database: nowhere}");

        await RefusesAsync(1, "REDB_CLUSTER_PASSWORD");
        await RefusesAsync(Refused, "set REDB_CLUSTER_PASSWORD to the password of role postgres", "wrong");
        await RefusesAsync(Refused, "--initialize", Server.Password);

        async Task RefusesAsync(int code, string next, string? password = null)
        {
            var child = Child.Start(
                Programs.Supervisor,
                site.Arguments,
                site.Folder,
                [.. Server.Variables, .. password is null ? [] : new[] { ("REDB_CLUSTER_PASSWORD", password) }]
            );
            await using (child)
            {
                (await child.EndAsync()).Should().Be(code, string.Join('\n', child.Lines));
                string.Join('\n', child.Lines).Should().Contain(next).And.NotContain("   at ");
            }
        }
    }

    [Fact]
    public async Task Hosts_with_certificates_of_one_authority_form_a_cluster_whatever_becomes_of_PostgreSQL_and_no_stranger_gets_in()
    {
        using var authority = await TestAuthority.CreateAsync();
        using var another = await TestAuthority.CreateAsync();
        var north = Site("north", [Connection, .. await authority.IssueAsync("north", "127.0.0.1")]);
        var south = Site("south", [Connection, .. await authority.IssueAsync("south", "127.0.0.1")]);
        var east = Site("east", [Connection, .. await another.IssueAsync("east", "127.0.0.1")]);
        await north.InitializeAsync();

        var pid = await IslandJoinsAsync(north);
        await south.StartReadyAsync();
        await Task.WhenAll(north.SeesAsync(south, true), south.SeesAsync(north, true));
        await IsKeptOutAsync(east, north, south);

        // Its row of the life before is no hindrance, and nobody has to wait for it to grow old.
        north.Process.Signal("KILL");
        await north.Process.EndAsync();
        (await north.TakeOverAsync()).Should().Be(pid);
        await Task.WhenAll(north.SeesAsync(south, true), south.SeesAsync(north, true, times: 2));

        await Server.StopImmediatelyAsync();
        await EndsInOrderAsync(south);
        north.ServicePids.Should().Equal(pid);
    }

    private async Task<int> IslandJoinsAsync(ClusterSite site)
    {
        await Server.StopAsync();
        var pid = await site.StartReadyAsync();
        (await site.TroublesAsync()).Should().ContainSingle().Which.Should().Contain("island");
        await Server.StartAgainAsync();
        await TakesAsync(() => site.TookOverAsync(times: 1));
        site.ServicePids.Should().Equal(pid);
        (await site.TroublesAsync()).Should().BeEmpty();
        return pid;
    }

    // It serves its own groups all the same.
    private static async Task IsKeptOutAsync(ClusterSite stranger, params ClusterSite[] members)
    {
        await stranger.StartReadyAsync();
        (await stranger.TroublesAsync())
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("island")
            .And.Contain("not believed");
        members.Should().AllSatisfy(member => member.Sightings(stranger, isMember: true).Should().Be(0));
    }

    // Without a limit a silo writes its farewell again and again.
    private static async Task EndsInOrderAsync(ClusterSite site)
    {
        await site.Process.LineAsync("the cluster's membership is out of reach");
        site.Process.Signal("TERM");
        await TakesAsync(site.Process.EndAsync);
        (await site.Process.EndAsync()).Should().Be(0);
        site.ServicePids.Should().BeEmpty();
    }

    private static async Task TakesAsync(Func<Task> happening)
    {
        var began = TimeProvider.System.GetTimestamp();
        await happening();
        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(s_soon);
    }

    private ClusterSite Site(string name, params string[] settings)
    {
        var site = new ClusterSite(name, ["provider: postgres", .. settings])
        {
            Environment = [.. Server.Variables, ("REDB_CLUSTER_PASSWORD", Server.Password)],
        };
        _sites.Add(site);
        return site;
    }
}
