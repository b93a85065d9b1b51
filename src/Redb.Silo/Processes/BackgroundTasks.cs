using System.Collections.Concurrent;

namespace Redb.Silo.Processes;

/// <summary>Tasks nobody waits for now: their failures are logged, and their owner waits for them at its end.</summary>
internal sealed partial class BackgroundTasks(ILogger logger)
{
    private readonly ConcurrentDictionary<Task, byte> _running = new();

    /// <summary>Runs <paramref name="work"/> on this thread up to its first real wait, and watches over the rest.</summary>
    public void Run(string what, Func<ValueTask> work)
    {
        var task = RunAsync(what, work);
        if (task.IsCompleted)
        {
            return;
        }

        _running[task] = 0;
        _ = task.ContinueWith(
            (done, running) => ((ConcurrentDictionary<Task, byte>)running!).TryRemove(done, out _),
            _running,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    /// <summary>Waits until all tasks ended or the time is over.</summary>
    public async Task DrainAsync(TimeSpan patience, TimeProvider time)
    {
        try
        {
            await Task.WhenAll(_running.Keys).WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            LogLeft(_running.Count);
        }
    }

    private async Task RunAsync(string what, Func<ValueTask> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            LogFailed(what, failure);
        }
    }

    [LoggerMessage(10, LogLevel.Warning, "Failed: {What}.")]
    private partial void LogFailed(string what, Exception failure);

    [LoggerMessage(11, LogLevel.Warning, "{Count} reports were still on their way at the end.")]
    private partial void LogLeft(int count);
}
