using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Redb.Protocol.Supervisor;

namespace Redb.Silo.Tests.Controllers;

/// <summary>A service on a real socket, whose answers the test sets.</summary>
internal sealed class ServiceStandIn : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ServiceStandIn(WebApplication application) => _application = application;

    public int Port => new Uri(_application.Urls.Single()).Port;

    public string Endpoint => $"127.0.0.1:{Port}";

    public static async Task<ServiceStandIn> StartAsync(
        Func<StopRequest, ServerCallContext, Task<StopResponse>>? stop = null,
        Func<Task<GetHealthResponse>>? health = null,
        Func<HealthCheckRequest, HealthCheckResponse>? check = null,
        int port = 0
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new Controller(stop, health));
        builder.Services.AddSingleton(new Checker(check));
        builder.WebHost.ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2)
        );
        var application = builder.Build();
        application.MapGrpcService<Controller>();
        application.MapGrpcService<Checker>();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private sealed class Controller(
        Func<StopRequest, ServerCallContext, Task<StopResponse>>? stop,
        Func<Task<GetHealthResponse>>? health
    ) : ServiceControllerService.ServiceControllerServiceBase
    {
        public override Task<StopResponse> Stop(StopRequest request, ServerCallContext context) =>
            stop is null ? base.Stop(request, context) : stop(request, context);

        public override Task<GetHealthResponse> GetHealth(GetHealthRequest request, ServerCallContext context) =>
            health is null ? base.GetHealth(request, context) : health();
    }

    private sealed class Checker(Func<HealthCheckRequest, HealthCheckResponse>? check) : Health.HealthBase
    {
        public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
            check is null ? base.Check(request, context) : Task.FromResult(check(request));
    }
}
