using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Mesh;
using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Logs;
using Redb.Grains.Mesh;
using Redb.Grains.Planning;
using Redb.Grains.Services;
using Redb.Grains.Tests.Grains;

namespace Redb.Grains.Tests.Mesh;

/// <summary>Some silos with a group each, real grains above processes and a mesh that are pretended. Clocks are real, and quick.</summary>
internal sealed class MeshCluster : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly InProcessTestCluster _cluster;
    private readonly List<string> _hosts = [];

    private MeshCluster(short silos, MeshConfiguration settings, Func<int, ulong> nodeOf)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo(
            (options, silo) =>
            {
                var index = IndexOf(options.SiloName);
                silo.AddPlacementDirector<OnHostPlacement, SiloNameDirector>();
                silo.AddGrainDirectory(OnHostDirectory.Name, (_, _) => new OnHostDirectory());
                silo.AddIncomingGrainCallFilter(Mute);
                AddWorld(
                    silo.Services,
                    new(options.SiloName, [Plan(options.SiloName, index, settings, nodeOf(index))])
                );
            }
        );
        _cluster = builder.Build();
    }

    public FakeMeshNetwork Network { get; } = new();

    public MuteMesh Mute { get; } = new();

    /// <summary>Processes of a host by its index; silos are built side by side.</summary>
    public ConcurrentDictionary<int, FakeProcesses> Processes { get; } = [];

    public IGrainFactory Grains => _cluster.Client;

    public IMeshGrain Mesh => Grains.GetGrain<IMeshGrain>("default");

    /// <summary>Starts silos with the nodes 1, 2, 3... or those named.</summary>
    public static async Task<MeshCluster> StartAsync(
        short silos,
        MeshConfiguration? settings = null,
        Func<int, ulong>? nodeOf = null
    )
    {
        var cluster = new MeshCluster(silos, settings ?? Quick, nodeOf ?? (index => (ulong)index + 1));
        await cluster._cluster.DeployAsync();
        cluster._hosts.AddRange(cluster._cluster.Silos.Select(silo => silo.Name));
        return cluster;
    }

    /// <summary>Intervals for tests.</summary>
    public static MeshConfiguration Quick { get; } =
        new()
        {
            RenewInterval = TimeSpan.FromMilliseconds(100),
            SilentAfter = TimeSpan.FromSeconds(2),
            VerifyInterval = TimeSpan.FromMilliseconds(200),
            ClaimTimeout = TimeSpan.FromSeconds(1),
        };

    public IGroupMembers Group(int index) => Grains.GetGrain<IGroupMembers>($"{_hosts[index]}/default");

    public Task<GroupView> ViewAsync(int index) =>
        Grains.GetGrain<IInstanceGroupGrain>($"{_hosts[index]}/default").GetViewAsync();

    public Task<MeshLinksView> LinksAsync(int index) =>
        Grains.GetGrain<IMeshNodeGrain>($"{_hosts[index]}/default").GetLinksAsync();

    public IServiceGrain Service(int index, string name) =>
        Grains.GetGrain<IServiceGrain>($"{_hosts[index]}/default/{name}");

    public async Task BeginAsync(params int[] indexes)
    {
        foreach (var index in indexes)
        {
            await Group(index).BeginAsync();
        }
    }

    public async Task<IReadOnlyList<string>> EventsAsync(int index)
    {
        var events = new List<string>();
        var group = Grains.GetGrain<IInstanceGroupGrain>($"{_hosts[index]}/default");
        await foreach (
            SupervisorEvent item in group.ReadEventsAsync(0, follow: false, TestContext.Current.CancellationToken)
        )
        {
            events.Add($"{item.Kind}: {item.Message}");
        }

        return events;
    }

    /// <summary>Kills the silo that keeps the mesh's record, and says which it was.</summary>
    public async Task<int> KillRecordKeeperAsync()
    {
        var keeper = await Grains
            .GetGrain<IManagementGrain>(0)
            .GetActivationAddress(Mesh)
            .AsTask()
            .WaitAsync(Waiting.Patience, TimeProvider.System);
        var silo = _cluster.Silos.Single(silo => silo.SiloAddress.Equals(keeper));
        var index = _hosts.IndexOf(silo.Name);
        Network.Lose((ulong)index + 1);
        Network.Mute[(ulong)index + 1] = "dead";
        await _cluster.KillSiloAsync(silo);
        return index;
    }

    /// <summary>Tells the node of a group that the supervisor of another one is dead.</summary>
    public async Task TellOfDeathAsync(int dead, int listener)
    {
        var silos = new ClusterSilos([], [SiloIdentity.Of(_hosts[dead], "0a1b2c3d4e5f", ["default"]).Name]);
        await Grains.GetGrain<IMeshMember>($"{_hosts[listener]}/default").SilosChangedAsync(silos);
    }

    /// <summary>The peers that a service of a group is told when it registers.</summary>
    public async Task<string> PeersToldAsync(int index)
    {
        var reply = await Service(index, "core").RegisterAsync(new() { Name = "core", InstanceId = "a" });
        return reply.Initial!.Config.GetValueOrDefault(MeshPlan.PeersKey, "");
    }

    /// <summary>Waits until something holds, which nobody announces.</summary>
    public static async Task SeesAsync(Func<Task<bool>> holds, Func<string> what)
    {
        using var limit = new CancellationTokenSource(Waiting.Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(Pause);
        while (!await holds())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"It did not come about; {what()}");
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public Task SessionsAsync(int index, params ulong[] peers) =>
        SeesAsync(
            async () =>
                Network.PeersOf((ulong)index + 1).SequenceEqual(peers)
                && (await LinksAsync(index)).Links.Count(link => link.Phase == MeshLinkPhase.Connected) == peers.Length,
            () => $"node {index + 1} has sessions with {string.Join(", ", Network.PeersOf((ulong)index + 1))}"
        );

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static int IndexOf(string silo) =>
        int.Parse(silo.AsSpan(silo.LastIndexOf('_') + 1), CultureInfo.InvariantCulture);

    private GroupPlan Plan(string host, int index, MeshConfiguration settings, ulong node)
    {
        var offset = index * 100;
        var plan = new GroupPlanner(host, "/srv").Plan(
            new RedbConfiguration
            {
                Supervisor = new() { DataDirectory = "/data" },
                InstanceGroup = new() { PortOffset = offset },
                Mesh = settings,
                Services = [MeshService(node), GroupUnderTest.Plain("core") with { Arguments = ["--port=50055"] }],
            }
        );
        Network.Put(Local(50056 + offset), Local(50055 + offset), plan.Mesh!.Address, node);
        return plan;
    }

    private static string Local(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private static ServiceConfiguration MeshService(ulong node) =>
        GroupUnderTest.Plain("mesh") with
        {
            Arguments = ["--grpc-bind=127.0.0.1:50056", "--listen=0.0.0.0:10001"],
            Config = GroupUnderTest
                .Plain("mesh")
                .Config.SetItem("services.mesh.node_id", node.ToString(CultureInfo.InvariantCulture)),
        };

    private void AddWorld(IServiceCollection services, HostPlan host)
    {
        var (processes, journal) = (new FakeProcesses { AreObedient = true }, new FakeJournal());
        Processes[IndexOf(host.Host)] = processes;
        services.AddSingleton(host).AddTransient(_ => new Random());
        services.AddSingleton<IJournal>(journal).AddSingleton<ILogFiles>(new FakeLogs()).AddSingleton<EventLogs>();
        services.AddSingleton<PeerSettings>();
        services.AddSingleton<IMeshControl>(Network).AddSingleton<ICoreMesh>(Network).AddSingleton<MeshWorld>();
        services.AddSingleton(provider => new Surroundings(
            processes,
            new FakeController(),
            new FakeProber(),
            new FakeLogs(),
            journal,
            new FakeLimits(),
            provider.GetRequiredService<PeerSettings>()
        ));
    }
}
