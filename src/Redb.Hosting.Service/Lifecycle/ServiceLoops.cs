using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Redb.Hosting.Service.Health;
using Redb.Hosting.Service.Logging;
using Redb.Hosting.Service.Supervision;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>Owns the background loops of a service: starts them, and awaits every one of them at stop.</summary>
internal sealed partial class ServiceLoops(
    HealthCheckLoop healthChecks,
    HeartbeatLoop heartbeats,
    LogStreamLoop logStream,
    IOptions<ReDbServiceOptions> options,
    ILogger<ServiceLoops> logger
) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _running = [];

    public void StartHealthChecks() => _running.Add(GuardAsync("health check", healthChecks.RunAsync));

    public void StartSupervision(TimeProvider time)
    {
        var timings = options.Value.Timings;
        _running.Add(GuardAsync("heartbeat", stopping => heartbeats.RunAsync(timings, time, stopping)));
        if (options.Value.StreamLogs)
        {
            _running.Add(GuardAsync("log stream", stopping => logStream.RunAsync(timings, stopping)));
        }
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    // The top of every loop: what escapes one is a bug, and must neither end the others nor pass unseen.
    private async Task GuardAsync(string name, Func<CancellationToken, Task> loop)
    {
        await Task.Yield();
        try
        {
            await loop(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Told to stop.
        }
        catch (Exception e)
        {
            LogLoopDied(e, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Loop} loop ended unexpectedly.")]
    private partial void LogLoopDied(Exception exception, string loop);
}
