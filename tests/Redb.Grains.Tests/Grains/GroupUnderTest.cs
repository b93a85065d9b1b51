using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Probes;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Logs;
using Redb.Grains.Mesh;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Grains;

/// <summary>A group's real grains in a silo of their own, in a world of fakes where time stands still until it is moved.</summary>
internal sealed class GroupUnderTest : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly HostPlan _host;

    private GroupUnderTest(InProcessTestCluster cluster, HostPlan host, FakeProcesses processes)
    {
        (_cluster, _host, Processes) = (cluster, host, processes);
    }

    /// <summary>What can be launched before the grains are there.</summary>
    public ImmutableArray<HeadStart> HeadStarts => Foresee().Begin(Now);

    public Moment Now => Moment.Of(Time);

    public FakeProcesses Processes { get; }

    public FakeController Controller { get; } = new();

    public FakeProber Prober { get; } = new();

    public FakeJournal Journal { get; private init; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public IInstanceGroupGrain Group => _cluster.Client.GetGrain<IInstanceGroupGrain>("here/default");

    public IGroupMembers Members => _cluster.Client.GetGrain<IGroupMembers>("here/default");

    public IClusterClient Client => _cluster.Client;

    public static Task<GroupUnderTest> CreateAsync(
        ImmutableArray<ServiceConfiguration> services,
        bool areObedient = false,
        FakeJournal? predecessor = null,
        params ReadOnlySpan<(string Service, AdoptResult Found)> survivors
    )
    {
        var processes = new FakeProcesses { AreObedient = areObedient };
        foreach (var (service, found) in survivors)
        {
            processes.Survivors[service] = found;
        }

        return DeployAsync(services, processes, new() { Predecessor = predecessor });
    }

    private static async Task<GroupUnderTest> DeployAsync(
        ImmutableArray<ServiceConfiguration> services,
        FakeProcesses processes,
        FakeJournal journal
    )
    {
        var plan = new GroupPlanner("here", "/srv").Plan(
            new RedbConfiguration
            {
                Supervisor = new() { DataDirectory = "/data" },
                Services = services,
            }
        );
        var host = new HostPlan("here", [plan]);
        var builder = new InProcessTestClusterBuilder(1);
        GroupUnderTest? group = null;
        builder.ConfigureSilo(
            (_, silo) =>
            {
                var world = group!;
                silo.AddPlacementDirector<OnHostPlacement, TestDirector>();
                silo.AddGrainDirectory(OnHostDirectory.Name, (_, _) => new OnHostDirectory());
                silo.Services.AddSingleton<TimeProvider>(world.Time);
                silo.Services.AddSingleton(host);
                silo.Services.AddSingleton<ILogFiles>(new FakeLogs());
                silo.Services.AddSingleton(new Random(1));
                silo.Services.AddSingleton<IJournal>(world.Journal).AddSingleton<EventLogs>();
                silo.Services.AddSingleton(
                    new Surroundings(
                        world.Processes,
                        world.Controller,
                        world.Prober,
                        new FakeLogs(),
                        world.Journal,
                        new FakeLimits(),
                        new PeerSettings()
                    )
                );
            }
        );
        var cluster = builder.Build();
        group = new(cluster, host, processes) { Journal = journal };
        await cluster.DeployAsync();
        return group;
    }

    /// <summary>A program without probes: ready as soon as its process exists.</summary>
    public static ServiceConfiguration Plain(string name, params DependencyConfiguration[] dependencies) =>
        new()
        {
            Name = name,
            Enabled = true,
            Required = true,
            Executable = "/bin/true",
            Dependencies = [.. dependencies],
            Restart = new() { Jitter = 0 },
            Probes = new()
            {
                Startup = new() { Kind = ProbeKind.None },
                Readiness = new() { Kind = ProbeKind.None },
                Liveness = new() { Kind = ProbeKind.None },
            },
        };

    /// <summary>A service that registers, sends heartbeats and listens on a port.</summary>
    public static ServiceConfiguration Speaking(string name) =>
        Plain(name) with
        {
            Arguments = ["--port=50055"],
            Probes = new() { Liveness = new() { Timeout = TimeSpan.FromSeconds(30) } },
        };

    public Foresight Foresee() =>
        new(_host, _host.Groups[0], Journal, new FakeLogs(), (order, _) => Processes.Find(order), Now);

    public IServiceGrain Service(string name) => _cluster.Client.GetGrain<IServiceGrain>($"here/default/{name}");

    /// <summary>Lets a service finish what it is at: its timers are set once this is over.</summary>
    public async Task<ServiceView> SettledAsync(string name) => await Service(name).GetViewAsync();

    public async Task<GroupView> SeesAsync(Func<GroupView, bool> predicate)
    {
        using var limit = new CancellationTokenSource(Waiting.Patience, TimeProvider.System);
        GroupView? last = null;
        try
        {
            await foreach (var view in Group.WatchAsync(limit.Token).WithCancellation(limit.Token))
            {
                last = view;
                if (predicate(view))
                {
                    return view;
                }
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // Told below, with what was seen instead.
        }

        var services = string.Join(", ", last?.Services.Select(s => $"{s.Name} {s.Phase} {s.Reason}") ?? []);
        throw new TimeoutException($"Never saw it; the group is {last?.Phase} {last?.Reason}: {services}");
    }

    public async Task<ServiceView> SeesAsync(string name, ServicePhase phase)
    {
        var view = await SeesAsync(group => group.Services.Single(s => s.Name == name).Phase == phase);
        return view.Services.Single(service => service.Name == name);
    }

    public Task<GroupView> SeesAsync(GroupPhase phase) => SeesAsync(group => group.Phase == phase);

    public async Task<string> RegisterAsync(string name)
    {
        var reply = await Service(name).RegisterAsync(new() { Name = name, InstanceId = Guid.NewGuid().ToString() });
        reply.Success.Should().BeTrue();
        return reply.ServiceId;
    }

    public async Task<HeartbeatReply> BeatAsync(string name, string id, ServiceHealth health = ServiceHealth.Healthy) =>
        await Service(name).HeartbeatAsync(id, health, null);

    public async Task<List<SupervisorEvent>> EventsAsync()
    {
        var events = new List<SupervisorEvent>();
        await foreach (var item in Group.ReadEventsAsync(0, follow: false, TestContext.Current.CancellationToken))
        {
            events.Add(item);
        }

        return events;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
