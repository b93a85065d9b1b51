using Microsoft.Extensions.Logging;
using Redb.Hosting.Service.Supervision;
using Level = Redb.Protocol.Common.LogLevel;

namespace Redb.Hosting.Service.Logging;

/// <summary>Keeps a log stream to the supervisor open for as long as the service runs.</summary>
internal sealed partial class LogStreamLoop(
    SupervisorChannel supervisor,
    LogRouter router,
    Reconnection reconnection,
    TimeProvider time,
    ILogger<LogStreamLoop> logger
)
{
    public async Task RunAsync(ReDbServiceTimings timings, CancellationToken stopping)
    {
        await Task.Delay(timings.LogStreamPause, time, stopping);

        IReadOnlyList<TimeSpan> waits = [TimeSpan.Zero, .. timings.LogStreamOpenRetries];
        while (!stopping.IsCancellationRequested)
        {
            using var stream = await OpenAsync(waits, stopping);
            if (stream is null)
            {
                LogGaveUp(timings.LogStreamRest);
                await reconnection.LogStreamDue.WaitAsync(timings.LogStreamRest, time, stopping);
                waits = [TimeSpan.Zero, .. timings.LogStreamReopenRetries];
                continue;
            }

            await FeedAsync(stream, timings.LogStreamFlush, stopping);
            waits = timings.LogStreamReopenRetries;
        }
    }

    private async Task<LogStream?> OpenAsync(IReadOnlyList<TimeSpan> waits, CancellationToken stopping)
    {
        foreach (var wait in waits)
        {
            await reconnection.LogStreamDue.WaitAsync(wait, time, stopping);
            stopping.ThrowIfCancellationRequested();
            var first = router.NewEntry(Level.Info, "Log stream opened.");
            if (await LogStream.OpenAsync(supervisor, first, stopping) is { } stream)
            {
                return stream;
            }
        }

        return null;
    }

    private async Task FeedAsync(LogStream stream, TimeSpan flush, CancellationToken stopping)
    {
        // The stop does not cut off the entry under way at once: cancelling a write would cancel the whole stream.
        using var cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stop = stopping.Register(() => cut.CancelAfter(flush));
        router.StartStreaming();
        reconnection.HeartbeatDue.Set();
        try
        {
            await stream.PumpAsync(router, stopping, cut.Token);
            if (stopping.IsCancellationRequested)
            {
                await stream.CompleteAsync(router, cut.Token);
            }
        }
        finally
        {
            router.StopStreaming();
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No log stream to the supervisor, next try in {Rest} or when it is back."
    )]
    private partial void LogGaveUp(TimeSpan rest);
}
