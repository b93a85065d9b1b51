using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Probes;
using Redb.Benchmarks.World;
using Redb.Grains.Hosts;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Mesh;
using Redb.Grains.Planning;
using Redb.Grains.Services;
using Redb.Silo.Hosting;

namespace Redb.Benchmarks.Mesh;

/// <summary>Many hosts with many groups in one silo: the real grains of groups, services, nodes and mesh, and nothing below them.</summary>
internal sealed class MeshInProcess : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly HostPlan _plan;

    public MeshInProcess(int hosts, int groupsPerHost)
    {
        Meshes = new(TimeProvider.System, hosts * groupsPerHost);
        _plan = new(
            "bench",
            [
                .. Enumerable
                    .Range(0, hosts * groupsPerHost)
                    .Select(index => Plan($"h{index / groupsPerHost}", index % groupsPerHost, index)),
            ]
        );
        _host = Build();
    }

    public PretendedMeshes Meshes { get; }

    public QuietWorld World { get; } = new();

    public int Count => _plan.Groups.Length;

    public async Task StartAsync()
    {
        await _host.StartAsync();
        var grains = _host.Services.GetRequiredService<IGrainFactory>();
        await Task.WhenAll(
            _plan.Groups.Select(group => grains.GetGrain<IGroupMembers>(group.Key.ToString()).BeginAsync().AsTask())
        );
    }

    /// <summary>Ends the mesh service of a group; its policy starts another one at once.</summary>
    public ValueTask CrashAsync(int index)
    {
        Meshes.Watch(index);
        return World.CrashAsync(_plan.Groups[index].Key.ToService(MeshPlan.MeshService));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private GroupPlan Plan(string host, int group, int index)
    {
        // Addresses and endpoints of their own: they only have to be told apart.
        var name = $"{host}.{group}";
        var node = Meshes.Put($"{name}:50056", $"{name}:10001", index);
        var service = new ServiceConfiguration
        {
            Name = MeshPlan.MeshService,
            Enabled = true,
            Required = true,
            Executable = "/bin/true",
            Arguments = ["--grpc-bind=127.0.0.1:50056", "--listen=0.0.0.0:10001"],
            Probes = new()
            {
                Startup = new() { Kind = ProbeKind.None },
                Readiness = new() { Kind = ProbeKind.None },
                Liveness = new() { Kind = ProbeKind.None },
            },
        };
        service = service with
        {
            Config = service.Config.SetItem("services.mesh.node_id", node.ToString(CultureInfo.InvariantCulture)),
        };
        var plan = new GroupPlanner(host, "/srv").Plan(
            new RedbConfiguration
            {
                Supervisor = new() { DataDirectory = "/data" },
                InstanceGroup = new() { GroupId = $"g{group}" },
                Services = [service],
            }
        );

        return plan with
        {
            Mesh = plan.Mesh! with { Address = $"{name}:10001" },
            Services = [plan.Services[0] with { Host = name }],
        };
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        var (silo, gateway) = FreePort.Pair(IPAddress.Loopback);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(orleans =>
            orleans
                .UseLocalhostClustering(silo, gateway)
                .Configure<SiloOptions>(options => options.SiloName = "bench")
                .AddPlacementDirector<OnHostPlacement, HereDirector>()
                .AddGrainDirectory(OnHostDirectory.Name, (_, _) => new OnHostDirectory())
        );
        var services = builder.Services;
        services.AddSingleton(_plan).AddSingleton(TimeProvider.System).AddTransient(_ => new Random());
        services.AddSingleton<IJournal>(World).AddSingleton<EventLogs>().AddSingleton<PeerSettings>();
        services.AddSingleton<Redb.Grains.Logs.ILogFiles>(World);
        services.AddSingleton<IMeshControl>(Meshes).AddSingleton<ICoreMesh>(Meshes);
        services.AddSingleton<MeshWorld>();
        services.AddSingleton(provider => new Surroundings(
            World,
            World,
            World,
            World,
            World,
            World,
            provider.GetRequiredService<PeerSettings>()
        ));
        return builder.Build();
    }
}
