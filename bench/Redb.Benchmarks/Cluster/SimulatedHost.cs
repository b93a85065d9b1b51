using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Probes;
using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Logs;
using Redb.Grains.Planning;
using Redb.Grains.Services;
using Redb.Silo.Hosting;
using Redb.Silo.Hosts;

namespace Redb.Benchmarks.Cluster;

/// <summary>One host of a simulated cluster: a real silo with the real grains and the real directory, in a quiet world.</summary>
internal sealed class SimulatedHost
{
    private readonly HostPlan _plan;
    private readonly SiloIdentity _identity;
    private readonly string _folder;

    /// <summary>Plans it.</summary>
    /// <param name="number">Which one, from 0.</param>
    /// <param name="groups">How many groups it has.</param>
    /// <param name="services">How many services each of them has.</param>
    /// <param name="folder">Where it may write.</param>
    public SimulatedHost(int number, int groups, int services, string folder)
    {
        Name = $"host-{number:000}";
        _folder = Directory.CreateDirectory(Path.Combine(folder, Name)).FullName;
        var planner = new GroupPlanner(Name, _folder);
        _plan = new(Name, [.. Enumerable.Range(0, groups).Select(group => planner.Plan(Group(group, services)))]);
        _identity = SiloIdentity.Of(Name, $"{number:x12}", Groups.Select(key => key.Group));
    }

    public string Name { get; }

    public IEnumerable<GroupKey> Groups => _plan.Groups.Select(group => group.Key);

    /// <summary>Makes a silo this host's.</summary>
    public void Configure(ISiloBuilder silo, StopRequests requests)
    {
        var world = new QuietWorld();
        silo.Services.PostConfigure<SiloOptions>(options => options.SiloName = _identity.Name);
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
            .AddTransient(_ => new Random())
            .AddSingleton<IJournal>(world)
            .AddSingleton<ILogFiles>(world)
            .AddSingleton<EventLogs>()
            .AddSingleton(new Surroundings(world, world, world, world, world, world));
    }

    /// <summary>Starts its groups.</summary>
    /// <param name="services">Those of its silo.</param>
    public async Task BeginAsync(IServiceProvider services)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        foreach (var key in Groups)
        {
            await grains.GetGrain<IGroupMembers>(key.ToString()).BeginAsync();
        }
    }

    private static RedbConfiguration Group(int number, int services) =>
        new()
        {
            Supervisor = new() { DataDirectory = "/simulated" },
            InstanceGroup = new() { GroupId = $"g{number}", PortOffset = number * 100 },
            Services = [.. Enumerable.Range(0, services).Select(Service)],
        };

    private static ServiceConfiguration Service(int number) =>
        new()
        {
            Name = $"service-{number:00}",
            Enabled = true,
            Required = true,
            Executable = "/bin/true",
            Dependencies = number == 0 ? [] : [new($"service-{number - 1:00}")],
            Probes = new()
            {
                Startup = new() { Kind = ProbeKind.None },
                Readiness = new() { Kind = ProbeKind.None },
                Liveness = new() { Kind = ProbeKind.None },
            },
        };
}
