using Redb.TestKit.Hosts;
using Redb.TestKit.Postgres;

namespace Redb.Hosts.Tests.Kit;

/// <summary>Hosts with a supervisor each, and one with PostgreSQL, in network namespaces; they know each other by certificates.</summary>
internal sealed class HostCluster : IAsyncDisposable
{
    private readonly HostNetwork _network;
    private readonly TestAuthority _authority;

    private HostCluster(HostNetwork network, TestAuthority authority, PostgresServer postgres) =>
        (_network, _authority, Postgres) = (network, authority, postgres);

    public PostgresServer Postgres { get; }

    /// <summary>The hosts, in order of their names.</summary>
    public List<(ClusterSite Site, TestHost Machine)> Hosts { get; } = [];

    public IEnumerable<ClusterSite> Sites => Hosts.Select(host => host.Site);

    /// <summary>Makes them, initialized; no supervisor runs yet. Skips the test where there are no namespaces.</summary>
    public static async Task<HostCluster> CreateAsync(string[] names, params string[] settings)
    {
        Assert.SkipUnless(NetworkNamespace.Refusal.Length == 0, NetworkNamespace.Refusal);
        var network = HostNetwork.Create();
        var machine = network.Add("db");
        var postgres = await PostgresServer.StartAsync(
            new() { Address = machine.Address.ToString(), Machine = machine }
        );
        var cluster = new HostCluster(network, await TestAuthority.CreateAsync(), postgres);
        foreach (var name in names)
        {
            await cluster.AddAsync(name, settings);
        }

        return cluster;
    }

    /// <summary>Starts all supervisors and returns once each knows the others.</summary>
    public async Task StartAsync()
    {
        await Task.WhenAll(Sites.Select(site => site.StartReadyAsync()));
        await MeetAsync(times: 1);
    }

    /// <summary>Returns once each has seen each of the others come, so many times.</summary>
    public Task MeetAsync(int times) =>
        Task.WhenAll(
            from site in Sites
            from other in Sites
            where site != other
            select site.SeesAsync(other, isMember: true, times)
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var site in Sites)
        {
            await site.DisposeAsync();
        }

        await Postgres.DisposeAsync();
        _network.Dispose();
        _authority.Dispose();
    }

    private async Task AddAsync(string name, string[] settings)
    {
        var machine = _network.Add(name);
        var address = machine.Address.ToString();
        var site = new ClusterSite(
            name,
            [
                "provider: postgres",
                $"advertised_address: {address}",
                .. await _authority.IssueAsync(name, address),
                .. settings,
            ],
            machine
        )
        {
            Environment = Postgres.Variables,
        };
        Hosts.Add((site, machine));
        await site.InitializeAsync();
    }
}
