using System.Net;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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
using Redb.Silo.Journal;
using Redb.Silo.Limits;
using Redb.Silo.Logs;
using Redb.Silo.Probes;
using Redb.Silo.Processes;
using Redb.Silo.Supervisor;

namespace Redb.Silo.Hosting;

/// <summary>One running supervisor: a silo, a gRPC listener per group, and what acts on the world.</summary>
internal sealed class SupervisorHost : IAsyncDisposable
{
    // Above the largest log entry that a service sends in one piece; longer ones are cut when they are written.
    private const int MaxReceiveBytes = 16 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly HostPlan _plan;
    private readonly FileLines _log;
    private readonly ClusterSeat _seat;

    /// <summary>Builds it; nothing runs yet.</summary>
    /// <param name="plan">What it supervises.</param>
    /// <param name="seat">Its place in the cluster.</param>
    /// <param name="journal">What outlives it.</param>
    /// <param name="level">What it logs.</param>
    /// <param name="dataDirectory">Folder of what belongs to the process and not to a group.</param>
    /// <param name="dataFolders">The data folder that is held for each group, by its id.</param>
    /// <param name="requests">Where tools ask for its end.</param>
    /// <param name="self">How this process was started.</param>
    public SupervisorHost(
        HostPlan plan,
        ClusterSeat seat,
        HostJournal journal,
        LogLevel level,
        string dataDirectory,
        IReadOnlyDictionary<string, string> dataFolders,
        StopRequests requests,
        StartedAs self
    )
    {
        (_plan, _seat) = (plan, seat);
        // Without this, every folder below the working directory is watched for changes of settings that nobody reads.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] }
        );
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider, ConsoleLines>();
        _log = new(Path.Combine(dataDirectory, "logs", "supervisor.log"), TimeProvider.System);
        builder.Services.AddSingleton<ILoggerProvider>(_log);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Redb", level);
        // These two complain of settings that are as they are on purpose, or repeat what a failing call says.
        builder.Logging.AddFilter("Orleans", LogLevel.Error).AddFilter("Microsoft", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(Listen);
        builder.UseOrleans(ConfigureSilo);
        builder.Services.AddSingleton<IHostLifetime, NoConsoleLifetime>();
        AddRedb(builder.Services, dataDirectory);
        AddRedbPorts(builder.Services, dataDirectory, dataFolders);
        builder
            .Services.AddSingleton(requests)
            .AddSingleton(self)
            .AddSingleton<ISupervisorControl, SupervisorControl>();
        // Not disposed with the host: what the host still tells while it stops belongs in there.
        builder.Services.AddSingleton(journal).AddSingleton<IJournal>(journal).AddHostedService<JournalWatch>();
        _app = builder.Build();
        _app.MapGrpcService<SupervisorService>();
        _app.MapGrpcService<HealthServiceImpl>();
        _app.MapGrpcReflectionService();
    }

    /// <summary>Where tools find this supervisor.</summary>
    public SupervisorAddress Address =>
        new(
            Environment.ProcessId,
            _plan.Host,
            [.. _plan.Groups.Select(group => group.Key.Group)],
            _seat.Ports.GatewayEndpoint,
            ClusterSeat.ClusterId,
            ClusterSeat.ClusterId,
            SupervisorVersion.Current
        );

    /// <summary>Says something to whoever watches, and to the supervisor's own log.</summary>
    public void Say(string text)
    {
        Console.Error.WriteLine(text);
        _log.Write(LogLevel.Information, text);
    }

    /// <summary>Starts the silo and the listeners, and the rotation of all logs; <paramref name="ownLog"/> is for the supervisor's own.</summary>
    public Task StartAsync(LogRotationPlan ownLog, CancellationToken cancellationToken)
    {
        var rotation = _app.Services.GetRequiredService<LogRotation>();
        rotation.Watch(new(_log.File, ownLog.MaxBytes, ownLog.RetentionDays, ownLog.MaxFiles));
        foreach (var service in _plan.Groups.SelectMany(group => group.Services))
        {
            var (maxBytes, retentionDays, maxFiles) = service.LogRotation;
            rotation.Watch(new(service.Order.LogFile, maxBytes, retentionDays, maxFiles));
        }

        return _app.StartAsync(cancellationToken);
    }

    /// <summary>Starts the groups.</summary>
    public async Task BeginAsync()
    {
        var grains = _app.Services.GetRequiredService<IGrainFactory>();
        foreach (var group in _plan.Groups)
        {
            await grains.GetGrain<IGroupMembers>(group.Key.ToString()).BeginAsync();
        }

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
            await _app.StopAsync();
        }

        await _app.DisposeAsync();
        await _log.DisposeAsync();
    }

    private void AddRedbPorts(
        IServiceCollection services,
        string dataDirectory,
        IReadOnlyDictionary<string, string> dataFolders
    )
    {
        services.AddRedbProcesses();
        services.ConfigureRedbLimits(_plan, dataDirectory);
        services.Configure<ProcessOptions>(options =>
        {
            options.NotifyFolder = Path.Combine(dataDirectory, "notify");
            options.TakesInherited = true;
            foreach (var (group, folder) in dataFolders)
            {
                options.DataFolders[group] = folder;
            }
        });
        services.AddRedbLogs();
        services.AddRedbProbes();
        services.AddRedbControllers();
        services.AddSingleton<EventLogs>();
        services.AddSingleton<Surroundings>();
    }

    private void AddRedb(IServiceCollection services, string dataDirectory)
    {
        services.AddSingleton(_plan);
        services.AddSingleton(
            new SupervisorView(
                _plan.Host,
                Environment.ProcessId,
                SupervisorVersion.Current,
                TimeProvider.System.GetUtcNow(),
                dataDirectory,
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
        services.AddSingleton<ShutdownSequence>().AddSingleton<StrayWatch>();
        services.AddHostedService<HealthPublisher>();
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        foreach (var group in _plan.Groups)
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
        silo.AddPlacementDirector<OnHostPlacement, OnHostDirector>();
        silo.AddGrainDirectory(OnHostDirectory.Name, (_, _) => new OnHostDirectory());
    }
}
