using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using Redb.Abstractions.Instances;
using Redb.Benchmarks.World;
using Redb.Grains.Hosts;
using Redb.Grains.Mesh;
using Redb.Silo.Hosting;

namespace Redb.Benchmarks.Hosts;

/// <summary>Many hosts in one process, connected in memory, all groups of them in one mesh.</summary>
internal sealed class SimulatedCluster : IAsyncDisposable
{
    // As many at a time as a rack that comes back.
    private const int Wave = 10;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("redb-hosts-").FullName;
    private readonly ConcurrentQueue<SimulatedHost> _waiting;
    private readonly StopRequests _requests = new();
    private readonly PretendedMeshes _meshes;
    private readonly PeerNews _news;
    private readonly InProcessTestCluster _cluster;
    private readonly int _groups;
    private volatile bool _isOver;

    private SimulatedCluster(int hosts, int groups, int services)
    {
        _groups = hosts * groups;
        _meshes = new(_groups);
        _news = new(_groups);
        Hosts =
        [
            .. Enumerable
                .Range(0, hosts)
                .Select(number => new SimulatedHost(number, groups, services, _folder, _meshes)),
        ];
        _waiting = new(Hosts);
        var builder = new InProcessTestClusterBuilder(1) { Options = { ConfigureFileLogging = false } };
        builder.ConfigureSiloHost(
            (_, host) =>
                host
                    .Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
                    .AddFilter((_, level) => level >= LogLevel.Error && !_isOver)
        );
        builder.ConfigureSilo(
            (_, silo) =>
            {
                _waiting.TryDequeue(out var host);
                host!.Configure(silo, _requests);
                silo.AddIncomingGrainCallFilter(_news);
            }
        );
        _cluster = builder.Build();
    }

    public ImmutableArray<SimulatedHost> Hosts { get; }

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>Starts the hosts in waves; their groups do not begin yet.</summary>
    public static async Task<SimulatedCluster> StartAsync(int hosts, int groups, int services)
    {
        var cluster = new SimulatedCluster(hosts, groups, services);
        await cluster._cluster.DeployAsync();
        while (cluster._cluster.Silos.Count < hosts)
        {
            await cluster._cluster.StartSilosAsync(Math.Min(Wave, hosts - cluster._cluster.Silos.Count));
        }

        return cluster;
    }

    /// <summary>Starts the groups, and waits until every host sees every group Ready and every group has a session with every other one.</summary>
    public async Task BeginAsync()
    {
        foreach (var silo in _cluster.Silos)
        {
            await SimulatedHost.BeginAsync(silo.ServiceProvider);
        }

        await SeesAsync(
            directory => Views(directory).Count(view => view.Phase == GroupPhase.Ready) == _groups,
            "all groups Ready"
        );
        await Until.TrueAsync(() => _meshes.Count == _meshes.Whole, "all sessions", Limit);
    }

    /// <summary>Waits until every host sees something in its directory.</summary>
    public async Task SeesAsync(Func<ClusterDirectory, bool> isSeen, string what)
    {
        foreach (var silo in _cluster.Silos)
        {
            var directory = silo.ServiceProvider.GetRequiredService<ClusterDirectory>();
            await Until.TrueAsync(() => isSeen(directory), $"every host to see {what}", Limit);
        }
    }

    /// <summary>How a group is, in its own words.</summary>
    public Task<GroupView> ViewAsync(GroupKey key) =>
        Grains.GetGrain<IInstanceGroupGrain>(key.ToString()).GetViewAsync();

    /// <summary>A group as a directory knows it.</summary>
    public static GroupView? ViewOf(ClusterDirectory directory, GroupKey key) =>
        directory
            .Records.Values.Where(record => record.Facts.Host == key.Host)
            .Select(record => record.Groups.GetValueOrDefault(key.Group))
            .FirstOrDefault(view => view is not null);

    /// <summary>Ends the mesh service of a group, and waits until every group has its next run in its list of peers.</summary>
    /// <param name="host">The group's host.</param>
    /// <param name="group">Which group of it, from 0.</param>
    public async Task CrashAsync(SimulatedHost host, int group)
    {
        var key = host.Groups[group];
        var run = (await ViewAsync(key)).Services.Single(service => service.Name == MeshPlan.MeshService).Run;
        var known = _news.EverybodyKnowsAsync(host.NodeOf(group), run);
        await host.World.CrashAsync(key.ToService(MeshPlan.MeshService));
        await known.WaitAsync(Limit, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await _cluster.StopClusterClientAsync();

        // In order they would say good-bye to each other for minutes; like this they only complain, which nobody needs to read.
        await Task.WhenAll(_cluster.Silos.Select(silo => _cluster.KillSiloAsync(silo)));
        await _cluster.DisposeAsync();
        _requests.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<GroupView> Views(ClusterDirectory directory) =>
        directory.Records.Values.SelectMany(record => record.Groups.Values);
}
