using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Redb.Hosting.Service.Configuration;
using Redb.Hosting.Service.Health;
using Redb.Hosting.Service.Lifecycle;
using Redb.Hosting.Service.Logging;
using Redb.Hosting.Service.Supervision;

namespace Redb.Hosting.Service;

/// <summary>Makes an ASP.NET Core application a supervised reDB service.</summary>
/// <example>
/// <code>
/// var builder = WebApplication.CreateSlimBuilder(args);
/// builder.Services.AddReDbService(service =&gt; { service.Name = "billing"; service.Port = 50070; })
///     .AddHealthCheck("database", database.CheckAsync)
///     .OnStart((services, stopping) =&gt; services.GetRequiredService&lt;Engine&gt;().StartAsync(stopping));
/// await using var app = builder.Build();
/// return await app.RunReDbServiceAsync();
/// </code>
/// </example>
public static class ReDbServiceExtensions
{
    /// <summary>Adds everything a reDB service consists of: its gRPC listener, registration, heartbeats, health checks,
    /// log stream and live configuration. Replaces the application's log providers.</summary>
    /// <param name="services">The container of the application.</param>
    /// <param name="configure">Sets the options; a name is the least.</param>
    /// <returns>A builder for the service's own parts.</returns>
    public static ReDbServiceBuilder AddReDbService(
        this IServiceCollection services,
        Action<ReDbServiceOptions> configure
    )
    {
        services
            .AddOptions<ReDbServiceOptions>()
            .Configure(configure)
            .Validate(o => o.Name.Length > 0, "A reDB service needs a name.")
            .Validate(o => o.Port is >= 0 and <= ushort.MaxValue, "The port must be 0 to 65535.")
            .Validate(o => o.LogBufferEntries > 0, "The log buffer must hold at least one entry.")
            .Validate(o => o.RegistrationAttempts is null or > 0, "There must be at least one registration attempt.")
            .Validate(o => SupervisorAddress.IsValid(o.Supervisor), "The supervisor must be host:port or standalone.");

        var hooks = new ServiceHooks();
        services.AddSingleton(hooks);
        services.TryAddSingleton(TimeProvider.System);
        AddParts(services);
        AddServer(services);
        AddLogging(services);
        return new(services, hooks);
    }

    /// <summary>Runs the service until it is stopped by a signal, by the supervisor or by the token.</summary>
    /// <param name="app">An application to which <see cref="AddReDbService"/> was applied.</param>
    /// <param name="cancellation">Stops the service in the same orderly way.</param>
    /// <returns>The exit code for <c>Main</c>: 0 after a stop, 1 if the service could not start.</returns>
    public static async Task<int> RunReDbServiceAsync(this WebApplication app, CancellationToken cancellation = default)
    {
        app.MapGrpcService<ControllerService>();
        app.MapGrpcService<GrpcHealthService>();
        return await app.Services.GetRequiredService<ServiceRun>().ExecuteAsync(app, cancellation);
    }

    private static void AddParts(IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ReDbServiceOptions>>().Value;
            var now = provider.GetRequiredService<TimeProvider>().GetUtcNow();
            return new ServiceIdentity(options.Name, options.Version, Guid.NewGuid().ToString(), now);
        });
        services.AddSingleton<LiveConfiguration>();
        services.AddSingleton<ServiceHealth>();
        services.AddSingleton<HealthCheckLoop>();
        services.AddSingleton<SupervisorChannel>();
        services.AddSingleton<Registration>();
        services.AddSingleton<FirstRegistration>();
        services.AddSingleton<Reconnection>();
        services.AddSingleton<MetricsSampler>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<HeartbeatLoop>();
        services.AddSingleton<LogStreamLoop>();
        services.AddSingleton<ServiceLoops>();
        services.AddSingleton<Listener>();
        services.AddSingleton<StopSignal>();
        services.AddSingleton<RunContext>();
        services.AddSingleton<StartSequence>();
        services.AddSingleton<StopSequence>();
        services.AddSingleton<ServiceRun>();
    }

    private static void AddServer(IServiceCollection services)
    {
        services.AddGrpc();
        services.AddHealthChecks();
        services
            .AddOptions<HealthCheckServiceOptions>()
            .PostConfigure<IOptions<ReDbServiceOptions>>(
                (checks, options) =>
                {
                    foreach (var check in checks.Registrations.Where(c => c.Timeout == Timeout.InfiniteTimeSpan))
                    {
                        check.Timeout = options.Value.Timings.HealthCheckTimeout;
                    }
                }
            );
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SilentLifetime>());
        services
            .AddOptions<KestrelServerOptions>()
            .Configure<IOptions<ReDbServiceOptions>>(
                (kestrel, options) =>
                    kestrel.Listen(
                        new ListenerEndPoint(options.Value.ListenAddress, options.Value.Port),
                        listen => listen.Protocols = HttpProtocols.Http2
                    )
            );
        services
            .AddOptions<SocketTransportOptions>()
            .Configure<Listener>(
                (sockets, listener) =>
                    sockets.CreateBoundListenSocket = endPoint =>
                        listener.TakeFor(endPoint) ?? SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint)
            );
    }

    private static void AddLogging(IServiceCollection services)
    {
        services.AddSingleton<LogRouter>();
        services.AddLogging(logging =>
        {
            logging.ClearProviders();
            logging.Services.AddSingleton<ILoggerProvider, ServiceLoggerProvider>();
            logging.AddFilter("Microsoft", LogLevel.Warning);
            logging.AddFilter("Grpc", LogLevel.Warning);
            logging.AddFilter("System", LogLevel.Warning);
        });
    }
}
