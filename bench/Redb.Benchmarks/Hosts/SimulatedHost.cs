using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Probes;
using Redb.Abstractions.Supervision;
using Redb.Benchmarks.World;
using Redb.Grains.Hosts;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Logs;
using Redb.Grains.Mesh;
using Redb.Grains.Planning;
using Redb.Grains.Probes;
using Redb.Grains.Services;
using Redb.Grains.Supervision;
using Redb.Silo.Cluster;
using Redb.Silo.Hosting;
using Redb.Silo.Hosts;
using Redb.Silo.Mesh;

namespace Redb.Benchmarks.Hosts;

/// <summary>One host of a simulated cluster: a real silo with the real grains, directory and mesh, in a quiet world.</summary>
internal sealed class SimulatedHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan JoinLimit = TimeSpan.FromMinutes(5);

    private readonly int _first;
    private readonly HostPlan _plan;
    private readonly SiloIdentity _identity;
    private readonly string _folder;
    private readonly PretendedMeshes _meshes;

    /// <summary>Plans it.</summary>
    /// <param name="number">Which one, from 0.</param>
    /// <param name="groups">How many groups it has.</param>
    /// <param name="services">How many services each of them has.</param>
    /// <param name="folder">Where it may write.</param>
    /// <param name="meshes">The mesh services of all groups.</param>
    public SimulatedHost(int number, int groups, int services, string folder, PretendedMeshes meshes)
    {
        Name = $"host-{number:000}";
        _first = number * groups;
        _meshes = meshes;
        _folder = Directory.CreateDirectory(Path.Combine(folder, Name)).FullName;
        var planner = new GroupPlanner(Name, _folder);
        var address = $"10.0.{number / 250}.{(number % 250) + 1}";
        _plan = new(
            Name,
            [.. Enumerable.Range(0, groups).Select(group => planner.Plan(Group(group, services, address)))]
        );
        Groups = [.. _plan.Groups.Select(group => group.Key)];
        _identity = SiloIdentity.Of(Name, $"{number:x12}", Groups.Select(key => key.Group));
        for (var group = 0; group < groups; group++)
        {
            var mesh = _plan.FindService(Groups[group].ToService(MeshPlan.MeshService));
            _meshes.Put(MeshPlan.EndpointOf(mesh)!, _plan.Groups[group].Mesh!.Address, _first + group);
        }
    }

    public string Name { get; }

    public ImmutableArray<GroupKey> Groups { get; }

    public QuietWorld World { get; } = new();

    /// <summary>Id of the mesh node of a group, from 0.</summary>
    public ulong NodeOf(int group) => PretendedMeshes.FirstNode + (ulong)(_first + group);

    /// <summary>Makes a silo this host's.</summary>
    public void Configure(ISiloBuilder silo, StopRequests requests)
    {
        silo.Services.PostConfigure<SiloOptions>(options => options.SiloName = _identity.Name);
        silo.Configure<ClusterMembershipOptions>(Wait);
        Frugality.Apply(silo);
        silo.AddPlacementDirector<OnHostPlacement, OnHostDirector>();
        silo.AddGrainDirectory(OnHostDirectory.Name, (_, _) => new OnHostDirectory());
        silo.AddRedbDirectory();
        silo.Services.AddSingleton(TimeProvider.System)
            .AddSingleton(_plan)
            .AddSingleton(requests)
            .AddSingleton(
                new SupervisorView(
                    Name,
                    Environment.ProcessId,
                    "simulated",
                    TimeProvider.System.GetUtcNow(),
                    _folder,
                    [.. Groups.Select(key => key.Group)],
                    Journal: ""
                )
            )
            .AddTransient(_ => new Random());
        AddWorld(silo.Services);
    }

    // While hosts start they share their processors with all the others, as they never do elsewhere: nobody is dead who is slow then.
    private static void Wait(ClusterMembershipOptions options)
    {
        Detection.Apply(FailureDetection.Normal, options);
        (options.ProbeTimeout, options.MinProbeTimeout, options.MaxProbeTimeout) = (Patience, Patience, Patience);
        options.MaxJoinAttemptTime = JoinLimit;
    }

    /// <summary>Starts the groups of a host.</summary>
    /// <param name="services">Those of its silo.</param>
    public static async Task BeginAsync(IServiceProvider services)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        foreach (var group in services.GetRequiredService<HostPlan>().Groups)
        {
            await grains.GetGrain<IGroupMembers>(group.Key.ToString()).BeginAsync();
        }
    }

    private void AddWorld(IServiceCollection services)
    {
        services
            .AddSingleton<IJournal>(World)
            .AddSingleton<ILogFiles>(World)
            .AddSingleton<ISupervisorControl>(World)
            .AddSingleton<IClusterStanding>(World)
            .AddSingleton<IProcessLauncher>(World)
            .AddSingleton<IServiceController>(World)
            .AddSingleton<IProber>(World)
            .AddSingleton<IResourceLimiter>(World)
            .AddSingleton<IMeshControl>(_meshes)
            .AddSingleton<ICoreMesh>(_meshes)
            .AddSingleton<EventLogs>()
            .AddSingleton<PeerSettings>()
            .AddSingleton<MeshWorld>()
            .AddSingleton<Surroundings>()
            .AddHostedService<MeshSilos>();
    }

    private RedbConfiguration Group(int number, int services, string address) =>
        new()
        {
            Supervisor = new() { DataDirectory = "/simulated" },
            Cluster = new() { AdvertisedAddress = address },
            InstanceGroup = new() { GroupId = $"g{number}", PortOffset = number * 100 },
            Services = [MeshService(NodeOf(number), address), .. Enumerable.Range(1, services - 1).Select(Service)],
        };

    private static ServiceConfiguration MeshService(ulong node, string address)
    {
        var service = Plain(MeshPlan.MeshService);
        return service with
        {
            Arguments = [$"--grpc-bind={address}:50056", "--listen=0.0.0.0:10001"],
            Config = service.Config.SetItem("services.mesh.node_id", node.ToString(CultureInfo.InvariantCulture)),
        };
    }

    // Each waits for the one before.
    private static ServiceConfiguration Service(int number) =>
        Plain($"service-{number:00}") with
        {
            Dependencies = [new(number == 1 ? MeshPlan.MeshService : $"service-{number - 1:00}")],
        };

    private static ServiceConfiguration Plain(string name) =>
        new()
        {
            Name = name,
            Enabled = true,
            Required = true,
            Executable = "/bin/true",

            // Every crash is the first one.
            Restart = new() { StableAfter = TimeSpan.Zero },
            Probes = new()
            {
                Startup = new() { Kind = ProbeKind.None },
                Readiness = new() { Kind = ProbeKind.None },
                Liveness = new() { Kind = ProbeKind.None },
            },
        };
}
