using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using Redb.Abstractions.Instances;
using Redb.Grains.Hosts;
using Redb.Silo.Hosting;

namespace Redb.Benchmarks.Cluster;

/// <summary>Many hosts in one process, connected in memory.</summary>
internal sealed class SimulatedCluster : IAsyncDisposable
{
    // As many at a time as a rack that comes back.
    private const int Wave = 10;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("redb-cluster-").FullName;
    private readonly ConcurrentQueue<SimulatedHost> _waiting;
    private readonly ConcurrentDictionary<string, SimulatedHost> _bySilo = new(StringComparer.Ordinal);
    private readonly StopRequests _requests = new();
    private readonly InProcessTestCluster _cluster;
    private readonly int _groups;

    private SimulatedCluster(int hosts, int groups, int services)
    {
        _groups = hosts * groups;
        Hosts = [.. Enumerable.Range(0, hosts).Select(number => new SimulatedHost(number, groups, services, _folder))];
        _waiting = new(Hosts);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSiloHost((_, host) => host.Logging.SetMinimumLevel(LogLevel.Error));
        builder.ConfigureSilo(
            (options, silo) =>
            {
                _waiting.TryDequeue(out var host);
                _bySilo[options.SiloName] = host!;
                host!.Configure(silo, _requests);
            }
        );
        _cluster = builder.Build();
    }

    public ImmutableArray<SimulatedHost> Hosts { get; }

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>The directory of every host.</summary>
    public IEnumerable<ClusterDirectory> Directories =>
        _cluster.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<ClusterDirectory>());

    /// <summary>Starts the hosts in waves, then their groups, and returns once every host sees every group Ready.</summary>
    public static async Task<SimulatedCluster> StartAsync(int hosts, int groups, int services)
    {
        var cluster = new SimulatedCluster(hosts, groups, services);
        await cluster._cluster.DeployAsync();
        while (cluster._cluster.Silos.Count < hosts)
        {
            await cluster._cluster.StartSilosAsync(Math.Min(Wave, hosts - cluster._cluster.Silos.Count));
        }

        foreach (var silo in cluster._cluster.Silos)
        {
            await cluster._bySilo[silo.Name].BeginAsync(silo.ServiceProvider);
        }

        await cluster.SeesAsync(
            directory => Views(directory).Count(view => view.Phase == GroupPhase.Ready) == cluster._groups,
            "all groups Ready"
        );
        return cluster;
    }

    /// <summary>Waits until every host sees something in its directory.</summary>
    public async Task SeesAsync(Func<ClusterDirectory, bool> isSeen, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        foreach (var directory in Directories)
        {
            while (!isSeen(directory))
            {
                if (TimeProvider.System.GetElapsedTime(began) > Limit)
                {
                    throw new TimeoutException($"Not every host saw {what} within {Limit.TotalMinutes} min.");
                }

                await Task.Delay(Glance, TimeProvider.System);
            }
        }
    }

    /// <summary>A group as a directory knows it.</summary>
    public static GroupView? ViewOf(ClusterDirectory directory, GroupKey key) =>
        directory
            .Records.Values.Where(record => record.Facts.Host == key.Host)
            .Select(record => record.Groups.GetValueOrDefault(key.Group))
            .FirstOrDefault(view => view is not null);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _requests.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<GroupView> Views(ClusterDirectory directory) =>
        directory.Records.Values.SelectMany(record => record.Groups.Values);
}
