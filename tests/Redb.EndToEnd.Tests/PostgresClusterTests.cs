using Redb.TestKit;
using Redb.TestKit.Hosts;
using Redb.TestKit.Postgres;

namespace Redb.EndToEnd.Tests;

/// <summary>Supervisors that find each other in a real PostgreSQL; each has a host of its own, though all are on this machine.</summary>
public sealed class PostgresClusterTests : IAsyncLifetime
{
    private const int Refused = 7;

    // What is promised is 15 s from the moment PostgreSQL answers, where there is a core to run on.
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    private readonly List<ClusterSite> _sites = [];
    private PostgresServer? _server;
    private TestAuthority? _authority;

    private PostgresServer Server => _server!;

    public async ValueTask InitializeAsync() =>
        (_server, _authority) = (await PostgresServer.StartAsync(), await TestAuthority.CreateAsync());

    public async ValueTask DisposeAsync()
    {
        foreach (var site in _sites)
        {
            await site.DisposeAsync();
        }

        await _server!.DisposeAsync();
        _authority!.Dispose();
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
                ["--config", "config.yaml", "--data-dir", "data"],
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
    public async Task An_island_joins_when_PostgreSQL_returns_and_its_later_absence_disturbs_nobody()
    {
        var (north, south) = (await InitializedAsync("north"), await InitializedAsync("south"));
        await Server.StopAsync();

        var pid = await north.StartReadyAsync();
        (await north.TroublesAsync()).Should().ContainSingle().Which.Should().Contain("island");
        await Server.StartAgainAsync();
        await TakesAsync(north.Process.LineAsync("took over 1 running services"));
        await south.StartReadyAsync();
        await Task.WhenAll(north.SeesAsync(south, true), south.SeesAsync(north, true));
        north.ServicePids.Should().Equal(pid);
        (await north.TroublesAsync()).Should().BeEmpty();

        await Server.StopImmediatelyAsync();
        await north.Process.LineAsync("the cluster's membership is out of reach");
        Signals.Send(pid, "KILL");
        await Until.TrueAsync(
            () => north.ServicePids is [var next] && next != pid,
            "the service is restarted without PostgreSQL"
        );
        (await north.TroublesAsync()).Should().ContainSingle().Which.Should().Contain("out of reach");

        await Server.StartAgainAsync();
        await north.Process.LineAsync("the cluster's membership answers again");
        (await north.TroublesAsync()).Should().BeEmpty();
        north.Process.Lines.Count(line => line.Contains("in place", StringComparison.Ordinal)).Should().Be(1);
    }

    // Without it a silo writes its farewell again and again.
    [Fact]
    public async Task A_supervisor_ends_in_order_while_PostgreSQL_is_away()
    {
        var north = await InitializedAsync("north");
        await north.StartReadyAsync();
        await Server.StopImmediatelyAsync();
        await north.Process.LineAsync("the cluster's membership is out of reach");

        var began = TimeProvider.System.GetTimestamp();
        north.Process.Signal("TERM");
        (await north.Process.EndAsync()).Should().Be(0);

        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(s_soon);
        north.ServicePids.Should().BeEmpty();
    }

    [Fact]
    public async Task Hosts_with_certificates_of_one_authority_form_a_cluster_and_a_stranger_does_not_get_in()
    {
        using var another = await TestAuthority.CreateAsync();
        var (north, south) = (await InitializedAsync("north"), await InitializedAsync("south"));
        var east = Site("east", [.. await another.IssueAsync("east", "127.0.0.1"), "restart_delay: 20s"]);
        await east.InitializeAsync();

        var pid = await north.StartReadyAsync();
        await south.StartReadyAsync();
        await Task.WhenAll(north.SeesAsync(south, true), south.SeesAsync(north, true));

        east.Start();
        await Until.TrueAsync(
            () =>
                _sites
                    .Take(2)
                    .Any(site => site.Process.Lines.Any(line => line.Contains("authority", StringComparison.Ordinal))),
            "a silo says whom it does not let in"
        );

        // Its rows of the life before are no hindrance, and nobody has to wait for them to grow old.
        north.Process.Signal("KILL");
        await north.Process.EndAsync();
        (await north.TakeOverAsync()).Should().Be(pid);
        await Task.WhenAll(north.SeesAsync(south, true), south.SeesAsync(north, true, times: 2));
        _sites.Take(2).Should().AllSatisfy(site => site.Process.Lines.Should().NotContain(line => IsMember(line)));

        static bool IsMember(string line) =>
            line.Contains("/east at ", StringComparison.Ordinal)
            && line.EndsWith("is a member", StringComparison.Ordinal);
    }

    private static async Task TakesAsync(Task happening)
    {
        var began = TimeProvider.System.GetTimestamp();
        await happening;
        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(s_soon);
    }

    private async Task<ClusterSite> InitializedAsync(string name)
    {
        var site = Site(name, await _authority!.IssueAsync(name, "127.0.0.1"));
        await site.InitializeAsync();
        return site;
    }

    private ClusterSite Site(string name, params string[] settings)
    {
        var site = new ClusterSite(name, ["provider: postgres", .. settings]) { Environment = Server.Variables };
        _sites.Add(site);
        return site;
    }
}
