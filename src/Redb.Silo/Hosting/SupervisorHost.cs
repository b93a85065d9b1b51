using System.Net;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Planning;
using Redb.Grains.Services;
using Redb.Grains.Supervision;
using Redb.Silo.Cluster;
using Redb.Silo.Controllers;
using Redb.Silo.Hosts;
using Redb.Silo.Journal;
using Redb.Silo.Logs;
using Redb.Silo.Mesh;
using Redb.Silo.Probes;
using Redb.Silo.Processes;
using Redb.Silo.Security;
using Redb.Silo.Supervisor;

namespace Redb.Silo.Hosting;

/// <summary>One running supervisor: a silo, a gRPC listener per group, and what acts on the world.</summary>
internal sealed class SupervisorHost : IAsyncDisposable
{
    // Above the largest log entry that a service sends in one piece; longer ones are cut when they are written.
    private const int MaxReceiveBytes = 16 * 1024 * 1024;

    // A silo says goodbye in the membership, and tries for a minute when that does not answer.
    private static readonly TimeSpan UnheardGoodbye = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnheardWord = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly LaunchPad _pad;
    private readonly ClusterSeat _seat;
    private readonly SiloGuard _guard;

    /// <summary>Builds it; nothing of it runs yet.</summary>
    /// <param name="pad">What it stands on.</param>
    /// <param name="seat">Its place in the cluster.</param>
    /// <param name="guard">Who is let in.</param>
    /// <param name="requests">Where tools ask for its end.</param>
    /// <param name="self">How this process was started.</param>
    public SupervisorHost(LaunchPad pad, ClusterSeat seat, SiloGuard guard, StopRequests requests, StartedAs self)
    {
        (_pad, _seat, _guard) = (pad, seat, guard);
        // Without this, every folder below the working directory is watched for changes of settings that nobody reads.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] }
        );
        pad.Log.Configure(builder.Logging);
        builder.WebHost.ConfigureKestrel(Listen);
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = pad.Listeners.Take);
        builder.UseOrleans(ConfigureSilo);
        builder.Services.AddSingleton<IHostLifetime, NoConsoleLifetime>();
        AddRedb(builder.Services);
        AddRedbPorts(builder.Services);
        builder
            .Services.AddSingleton(requests)
            .AddSingleton(self)
            .AddSingleton<ISupervisorControl, SupervisorControl>();
        // Not disposed with the host: what the host still tells while it stops belongs in there.
        builder
            .Services.AddSingleton(pad.Journal)
            .AddSingleton<IJournal>(pad.Journal)
            .AddHostedService<JournalWatch>();
        _app = builder.Build();
        _app.MapGrpcService<SupervisorService>();
        _app.MapGrpcService<HealthServiceImpl>();
        _app.MapGrpcReflectionService();
    }

    /// <summary>Where tools find this supervisor.</summary>
    public SupervisorAddress Address =>
        new(
            Environment.ProcessId,
            _pad.Plan.Host,
            [.. _pad.Plan.Groups.Select(group => group.Key.Group)],
            _seat.Ports.GatewayEndpoint,
            ClusterSeat.ClusterId,
            ClusterSeat.ClusterId,
            SupervisorVersion.Current
        )
        {
            Credentials = _guard.ForTools,
        };

    /// <summary>Starts the silo and the listeners, and the rotation of all logs; <paramref name="ownLog"/> is for the supervisor's own.</summary>
    public async Task StartAsync(LogRotationPlan ownLog, CancellationToken cancellationToken)
    {
        var rotation = _app.Services.GetRequiredService<LogRotation>();
        rotation.Watch(new(_pad.Log.File, ownLog.MaxBytes, ownLog.RetentionDays, ownLog.MaxFiles));
        foreach (var service in _pad.Plan.Groups.SelectMany(group => group.Services))
        {
            var (maxBytes, retentionDays, maxFiles) = service.LogRotation;
            rotation.Watch(new(service.Order.LogFile, maxBytes, retentionDays, maxFiles));
        }

        await _app.StartAsync(cancellationToken);
    }

    /// <summary>Starts the groups.</summary>
    public async Task BeginAsync()
    {
        var grains = _app.Services.GetRequiredService<IGrainFactory>();
        foreach (var group in _pad.Plan.Groups)
        {
            await grains.GetGrain<IGroupMembers>(group.Key.ToString()).BeginAsync();
        }

        await _pad.HandOverAsync();
        _app.Services.GetRequiredService<FrontDoor>().Open();
        await _app.Services.GetRequiredService<StrayWatch>().StopAllAsync();
    }

    /// <summary>Stops the groups in order.</summary>
    /// <returns>Whether nothing is left running.</returns>
    public Task<bool> StopGroupsAsync(CancellationToken immediate) =>
        _app.Services.GetRequiredService<ShutdownSequence>().RunAsync(immediate);

    public async ValueTask DisposeAsync()
    {
        if (_app.Lifetime.ApplicationStarted.IsCancellationRequested)
        {
            var isHeard = _app.Services.GetRequiredService<IClusterStanding>().Trouble.Length == 0;
            if (!isHeard)
            {
                // It bounds each word of the goodbye, too; nothing else does.
                _app.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value.MaxJoinAttemptTime =
                    UnheardWord;
            }

            using var limit = new CancellationTokenSource(isHeard ? Timeout.InfiniteTimeSpan : UnheardGoodbye);
            try
            {
                await _app.StopAsync(limit.Token);
            }
            catch (Exception late)
                when (limit.IsCancellationRequested && late is OperationCanceledException or AggregateException)
            {
                // Nobody was told that it leaves; the others find out, or the next silo of this host tells them.
            }
        }

        await _app.DisposeAsync();
    }

    private void AddRedbPorts(IServiceCollection services)
    {
        _pad.Lend(services);
        services.AddRedbLogs();
        services.AddRedbProbes();
        services.AddRedbControllers();
        services.AddRedbMesh();
        services.AddSingleton<Surroundings>();
    }

    private void AddRedb(IServiceCollection services)
    {
        services.AddSingleton(_pad.Plan);
        services.AddSingleton(
            new SupervisorView(
                _pad.Plan.Host,
                Environment.ProcessId,
                SupervisorVersion.Current,
                TimeProvider.System.GetUtcNow(),
                _pad.Folders.Own,
                Address.Groups,
                Journal: ""
            )
        );
        services.AddSingleton(TimeProvider.System);
        // Not shared: an instance of its own for every grain, since it is not safe across threads.
        services.AddTransient(_ => new Random());
        services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = MaxReceiveBytes;
            options.Interceptors.Add<FaultAnswers>();
        });
        services.AddGrpcReflection();
        services.AddSingleton<SupervisorEndpoint>().AddSingleton<LogIntake>().AddSingleton<HealthServiceImpl>();
        services.AddSingleton<FrontDoor>().AddSingleton<ShutdownSequence>().AddSingleton<StrayWatch>();
        services.AddHostedService<HealthPublisher>();
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        foreach (var group in _pad.Plan.Groups)
        {
            kestrel.Listen(
                IPAddress.Parse(group.ListenAddress),
                group.ListenPort,
                listen => listen.Protocols = HttpProtocols.Http2
            );
        }
    }

    private void ConfigureSilo(ISiloBuilder silo)
    {
        _seat.Configure(silo);
        _guard.Configure(silo, ClusterSeat.ClusterId);
        silo.AddPlacementDirector<OnHostPlacement, OnHostDirector>();
        silo.AddGrainDirectory(OnHostDirectory.Name, (_, _) => new OnHostDirectory());
        silo.AddRedbDirectory();
    }
}
