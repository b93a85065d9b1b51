using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Redb.Hosting.Service.Configuration;
using Redb.Hosting.Service.Lifecycle;
using Redb.Hosting.Service.Logging;
using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Tests.Doubles;

/// <summary>A real service in this process, with pauses short enough for tests.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly WebApplication _app;
    private readonly Task<int> _running;
    private GrpcChannel? _channel;

    private ServiceUnderTest(WebApplication app, RecordedConsole console)
    {
        _app = app;
        Console = console;
        _running = app.RunReDbServiceAsync(_stop.Token);
    }

    public RecordedConsole Console { get; }

    public LiveConfiguration Configuration => _app.Services.GetRequiredService<LiveConfiguration>();

    public LogRouter Logs => _app.Services.GetRequiredService<LogRouter>();

    public int Port => _app.Services.GetRequiredService<Listener>().EndPoint.Port;

    public ServiceControllerService.ServiceControllerServiceClient Controller => new(Channel);

    public GrpcChannel Channel => _channel ??= GrpcChannel.ForAddress($"http://127.0.0.1:{Port}");

    public static ServiceUnderTest Start(
        string supervisor,
        Action<ReDbServiceOptions>? options = null,
        Action<ReDbServiceBuilder>? parts = null,
        TimeProvider? time = null
    )
    {
        var console = new RecordedConsole();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<TextWriter>(console);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        var service = builder.Services.AddReDbService(o =>
        {
            o.Name = "billing";
            o.Supervisor = supervisor;
            // What a test awaits on the console must not race with the stream; tests of the stream switch it on.
            o.StreamLogs = false;
            Shorten(o.Timings);
            options?.Invoke(o);
        });
        parts?.Invoke(service);
        return new(builder.Build(), console);
    }

    /// <summary>Stops the service as a signal would.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await ExitCodeAsync();
    }

    public Task<int> ExitCodeAsync() =>
        _running.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _channel?.Dispose();
        await _app.DisposeAsync();
        await Console.DisposeAsync();
        _stop.Dispose();
    }

    private static void Shorten(ReDbServiceTimings timings)
    {
        timings.ServingPause = TimeSpan.Zero;
        timings.BindRetries = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)];
        timings.ConnectRetry = TimeSpan.FromMilliseconds(10);
        timings.HeartbeatInterval = TimeSpan.FromMilliseconds(50);
        timings.HealthCheckInterval = TimeSpan.FromMilliseconds(50);
        timings.LogStreamPause = TimeSpan.Zero;
        timings.LogStreamOpenRetries = [];
        timings.LogStreamReopenRetries = [TimeSpan.FromMilliseconds(10)];
        timings.UnregisterPause = TimeSpan.FromMilliseconds(1);
    }
}
