using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>One life of the service, from taking the port to the exit code.</summary>
internal sealed partial class ServiceRun(
    StartSequence start,
    StopSequence stop,
    StopSignal signal,
    IOptions<ReDbServiceOptions> options,
    ILogger<ServiceRun> logger
)
{
    private const int Succeeded = 0;
    private const int Failed = 1;

    /// <summary>Runs the service until somebody stops it.</summary>
    /// <returns>The exit code: 0 after a stop, 1 if the service could not start.</returns>
    public async Task<int> ExecuteAsync(WebApplication app, CancellationToken cancellation)
    {
        using var signals = new SignalWatch(signal, options.Value.IgnoreSignals);
        await using var cancelled = cancellation.Register(() => signal.Request());
        await using var hostStopping = app.Lifetime.ApplicationStopping.Register(() => signal.Request());

        var exitCode = await StartAsync(app);
        if (exitCode == Succeeded)
        {
            await Task.Delay(Timeout.Infinite, signal.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await stop.RunAsync(app);
        LogStopped(exitCode);
        return exitCode;
    }

    private async Task<int> StartAsync(WebApplication app)
    {
        try
        {
            return await start.RunAsync(app, signal.Token) ? Succeeded : Failed;
        }
        catch (OperationCanceledException) when (signal.Token.IsCancellationRequested)
        {
            return Succeeded;
        }
        catch (Exception e)
        {
            // The service's own hooks may throw whatever they like: it is the end of this run, said once, here.
            LogStartFailed(e);
            return Failed;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The service could not start.")]
    private partial void LogStartFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped, exit code {ExitCode}.")]
    private partial void LogStopped(int exitCode);
}
