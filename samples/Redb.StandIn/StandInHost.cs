using Redb.Hosting.Service;
using Redb.StandIn.Arguments;
using Redb.StandIn.Faults;
using Redb.StandIn.Mesh;
using Redb.StandIn.Roles;

namespace Redb.StandIn;

/// <summary>Builds the service that the arguments describe, and runs it.</summary>
internal static partial class StandInHost
{
    // Kept so that the memory asked for stays resident.
    private static byte[] s_ballast = [];

    public static async Task<int> RunAsync(StandInArguments arguments, TimeProvider time)
    {
        using var exit = ExitTimer(arguments, time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<RestListener>();
        builder.Services.AddSingleton<MeshSessions>();
        builder.Services.AddSingleton(arguments);
        builder.Services.AddHostedService<Chatter>();
        if (arguments.IgnoreStop)
        {
            builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<DeafInterceptor>());
        }

        var service = builder.Services.AddReDbService(options => Configure(options, arguments, time));
        AddHealthChecks(service, arguments, time);
        service.OnInitialize((services, stopping) => InitializeAsync(services, arguments, stopping));
        service.OnStart((services, stopping) => StartAsync(services, arguments, time, stopping));
        await using var app = builder.Build();
        MapMesh(app, arguments.Role);
        return await app.RunReDbServiceAsync();
    }

    private static void MapMesh(WebApplication app, Role role)
    {
        if (role.IsMesh)
        {
            app.MapGrpcService<MeshControlService>();
        }
        else if (role.IsCore)
        {
            app.MapGrpcService<CoreMeshService>();
        }
    }

    private static void Configure(ReDbServiceOptions options, StandInArguments arguments, TimeProvider time)
    {
        options.Name = arguments.Role.Name;
        options.Port = arguments.Port;
        options.Supervisor = arguments.Supervisor;
        options.IgnoreSignals = arguments.IgnoreSignals;
        options.Timings.HeartbeatInterval = arguments.HeartbeatEvery ?? options.Timings.HeartbeatInterval;
        options.Timings.HealthCheckInterval = arguments.HealthEvery ?? options.Timings.HealthCheckInterval;
        options.Capabilities.Dependencies.Clear();
        foreach (var dependency in arguments.Role.Dependencies)
        {
            options.Capabilities.Dependencies.Add(dependency);
        }

        if (arguments.GrpcBind is not null)
        {
            ConfigureMesh(options, arguments.GrpcBind);
        }

        if (arguments.FailRegister || arguments.SilentAfter is not null)
        {
            var after = arguments.FailRegister ? TimeSpan.Zero : arguments.SilentAfter!.Value;
            options.WrapSupervisorHandler = inner => new MutedHandler(inner, after, time);
        }
    }

    private static void ConfigureMesh(ReDbServiceOptions options, System.Net.IPEndPoint bind)
    {
        options.Version = "0.1.0";
        options.ListenAddress = bind.Address;
        options.AdvertisedHost = bind.Address.ToString();
        options.StreamLogs = false;
        options.Metadata["language"] = "rust";
        options.Capabilities.HotReload = false;
        options.RegistrationAttempts = 5;
        options.Timings.ConnectRetry = TimeSpan.FromSeconds(1);
        options.Timings.ConnectRetryLimit = TimeSpan.FromSeconds(8);
    }

    private static void AddHealthChecks(ReDbServiceBuilder service, StandInArguments arguments, TimeProvider time)
    {
        var health = new TimedHealth(arguments, time);
        var faulty = arguments.UnhealthyAfter is not null || arguments.DegradedAfter is not null;
        string[] names = arguments.Role.Checks.IsEmpty && faulty ? ["engine"] : [.. arguments.Role.Checks];
        foreach (var (index, name) in names.Index())
        {
            service.AddHealthCheck(name, _ => health.CheckAsync(first: index == 0));
        }
    }

    private static async Task InitializeAsync(
        IServiceProvider services,
        StandInArguments arguments,
        CancellationToken stopping
    )
    {
        var logger = Logger(services);
        await NumberedLines.WriteAsync(Console.Out, arguments.LogLines, arguments.LogLineBytes);
        if (arguments.MemoryMb > 0)
        {
            s_ballast = new byte[arguments.MemoryMb * 1024L * 1024];
            Array.Fill(s_ballast, (byte)1);
        }

        if (arguments.ForkChild)
        {
            var pid = await LingeringChild.StartAsync(stopping);
            LogForked(logger, pid);
        }

        if (arguments.Role.IsMesh && services.GetRequiredService<MeshSessions>().Start() is { } endPoint)
        {
            LogPeers(logger, endPoint);
        }
    }

    private static async Task StartAsync(
        IServiceProvider services,
        StandInArguments arguments,
        TimeProvider time,
        CancellationToken stopping
    )
    {
        var logger = Logger(services);
        await Task.Delay(arguments.ReadyAfter, time, stopping);
        if (arguments.Role.IsClientApi)
        {
            var port = await services.GetRequiredService<RestListener>().StartAsync(stopping);
            LogRest(logger, port);
        }
    }

    private static ITimer? ExitTimer(StandInArguments arguments, TimeProvider time) =>
        arguments.ExitAfter is { } after
            ? time.CreateTimer(_ => Environment.Exit(arguments.ExitCode), state: null, after, Timeout.InfiniteTimeSpan)
            : null;

    private static ILogger Logger(IServiceProvider services) =>
        services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StandInHost).FullName!);

    [LoggerMessage(Level = LogLevel.Information, Message = "Forked child {Pid}, which only SIGKILL ends.")]
    private static partial void LogForked(ILogger logger, int pid);

    [LoggerMessage(Level = LogLevel.Information, Message = "Peers connect on {EndPoint}.")]
    private static partial void LogPeers(ILogger logger, System.Net.EndPoint endPoint);

    [LoggerMessage(Level = LogLevel.Information, Message = "REST on port {Port}.")]
    private static partial void LogRest(ILogger logger, int port);
}
