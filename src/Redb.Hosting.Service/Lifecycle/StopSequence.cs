using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Redb.Hosting.Service.Supervision;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>
/// Loops, stop hooks, a pause, unregister, answer those who asked, server: the way out of every reDB service. Each rung
/// is bounded and none is skipped because the one before it failed.
/// </summary>
internal sealed partial class StopSequence(
    ServiceLoops loops,
    ServiceHooks hooks,
    Registration registration,
    StopSignal signal,
    RunContext context
)
{
    public async Task RunAsync(WebApplication app)
    {
        signal.Request();
        LogStopping(context.Logger);
        context.Health.SetReady(false);
        await loops.StopAsync();
        await RunHooksAsync(app.Services);
        if (registration.ServiceId is not null)
        {
            await Task.Delay(context.Timings.UnregisterPause, context.Time, CancellationToken.None);
            using var limit = new CancellationTokenSource(context.Timings.UnregisterTimeout, context.Time);
            await registration.UnregisterAsync("Graceful shutdown", context.Logger, limit.Token);
        }

        signal.Stopped();
        using var serverLimit = new CancellationTokenSource(context.Timings.ServerStopTimeout, context.Time);
        await app.StopAsync(serverLimit.Token);
    }

    private async Task RunHooksAsync(IServiceProvider services)
    {
        var grace = signal.Grace ?? context.Timings.StopGrace;
        using var limit = new CancellationTokenSource(grace, context.Time);
        foreach (var hook in hooks.Stop.AsEnumerable().Reverse())
        {
            try
            {
                await hook(services, limit.Token).WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                LogHookTooSlow(context.Logger, grace);
            }
            catch (Exception e)
            {
                // A hook that fails must not keep the others from stopping, nor the service from leaving.
                LogHookFailed(context.Logger, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping.")]
    private static partial void LogStopping(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A stop hook did not end within {Grace}, going on without it.")]
    private static partial void LogHookTooSlow(ILogger logger, TimeSpan grace);

    [LoggerMessage(Level = LogLevel.Error, Message = "A stop hook failed.")]
    private static partial void LogHookFailed(ILogger logger, Exception exception);
}
