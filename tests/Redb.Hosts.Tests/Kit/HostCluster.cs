using Redb.TestKit;
using Redb.TestKit.Hosts;
using Redb.TestKit.Postgres;

namespace Redb.Hosts.Tests.Kit;

/// <summary>Hosts with a supervisor each, and one with PostgreSQL, in network namespaces; they know each other by certificates.</summary>
internal sealed class HostCluster : IAsyncDisposable
{
    private const int GroupsEach = 2;
    private const ulong FirstNode = 9_007_199_254_740_993;

    private readonly HostNetwork _network;
    private readonly TestAuthority _authority;
    private readonly Dictionary<ClusterSite, MeshDoor[]> _doors = [];
    private PostgresServer? _postgres;

    private HostCluster(HostNetwork network, TestAuthority authority) => (_network, _authority) = (network, authority);

    public PostgresServer Postgres => _postgres!;

    /// <summary>The machine that PostgreSQL runs on.</summary>
    public TestHost Database => Postgres.Settings.Machine!;

    /// <summary>The hosts, in order of their names.</summary>
    public List<(ClusterSite Site, TestHost Machine)> Hosts { get; } = [];

    public IEnumerable<ClusterSite> Sites => Hosts.Select(host => host.Site);

    /// <summary>Makes hosts with one group each; no supervisor runs yet. Skips the test where there are no namespaces.</summary>
    public static Task<HostCluster> CreateAsync(string[] names, params string[] settings) =>
        CreateAsync(names, settings, isMeshed: false);

    /// <summary>Makes hosts with two groups each, all of which have a mesh service.</summary>
    public static Task<HostCluster> CreateMeshedAsync(string[] names, params string[] settings) =>
        CreateAsync(names, settings, isMeshed: true);

    private static async Task<HostCluster> CreateAsync(string[] names, string[] settings, bool isMeshed)
    {
        Assert.SkipUnless(NetworkNamespace.Refusal.Length == 0, NetworkNamespace.Refusal);
        var cluster = new HostCluster(HostNetwork.Create(), await TestAuthority.CreateAsync());
        try
        {
            await cluster.FillAsync(names, settings, isMeshed);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts all supervisors and returns once their groups are Ready and each knows the others.</summary>
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

    /// <summary>Returns once every mesh service has a session with every other one.</summary>
    public Task WholeAsync() =>
        Until.TrueAsync(
            async () => (await CountAsync(Sites)).All(count => count == (Hosts.Count * GroupsEach) - 1),
            "every mesh service has a session with every other one"
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors.Values.SelectMany(doors => doors))
        {
            door.Dispose();
        }

        foreach (var site in Sites)
        {
            await site.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _network.Dispose();
        _authority.Dispose();
    }

    private async Task<int[]> CountAsync(IEnumerable<ClusterSite> sites) =>
        await Task.WhenAll(sites.SelectMany(site => _doors[site]).Select(door => door.CountAsync()));

    private async Task FillAsync(string[] names, string[] settings, bool isMeshed)
    {
        var database = _network.Add("db");
        _postgres = await PostgresServer.StartAsync(
            new() { Address = database.Address.ToString(), Machine = database }
        );
        foreach (var name in names)
        {
            await AddAsync(name, settings, isMeshed);
        }

        // Only what they share; the nodes themselves have nothing to do with it.
        await Hosts[0].Site.InitializeAsync();
    }

    private async Task AddAsync(string name, string[] settings, bool isMeshed)
    {
        var machine = _network.Add(name);
        var address = machine.Address.ToString();
        var nodes = Enumerable.Range(Hosts.Count * GroupsEach, GroupsEach).Select(number => FirstNode + (ulong)number);
        var site = new ClusterSite(
            name,
            [
                "provider: postgres",
                $"connection: {{user: {PostgresServer.User}}}",
                $"advertised_address: {address}",
                .. await _authority.IssueAsync(name, address),
                .. settings,
            ],
            machine,
            isMeshed ? [.. nodes] : null
        )
        {
            Environment = [.. Postgres.Variables, ("REDB_CLUSTER_PASSWORD", Postgres.Password)],
        };
        Hosts.Add((site, machine));
        _doors[site] =
        [
            .. site
                .Groups.Where(group => group.MeshNode is not null)
                .Select(group => new MeshDoor(machine.Namespace, group.MeshPort)),
        ];
    }
}
