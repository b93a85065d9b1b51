using Microsoft.Extensions.Logging;

namespace Redb.Grains.Mesh;

/// <summary>What a grain has under way beside its turns. It goes on in turns of the grain; its owner ends it.</summary>
internal sealed partial class GrainWork(TimeProvider time, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Begins something. Call it from a turn of the grain.</summary>
    public void Run(string what, Func<CancellationToken, Task> work)
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        var task = WatchAsync(what, work);
        if (!task.IsCompleted)
        {
            _running.Add(task);
            _ = task.ContinueWith(done => _running.Remove(done), TaskScheduler.Current);
        }
    }

    /// <summary>Cancels what is under way, and waits for its end, but not for ever.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        await _end.CancelAsync();
        try
        {
            await Task.WhenAll(_running).WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            LogLeft(_running.Count);
        }
    }

    public void Dispose() => _end.Dispose();

    private async Task WatchAsync(string what, Func<CancellationToken, Task> work)
    {
        try
        {
            // Never before the turn that began it is through with its own decisions, however soon the answer is there.
            await Task.Yield();
            await work(_end.Token);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The end of the grain.
        }
        catch (Exception failure)
        {
            LogFailed(what, failure);
        }
    }

    [LoggerMessage(EventId = 1311, Level = LogLevel.Warning, Message = "Failed: {What}.")]
    private partial void LogFailed(string what, Exception failure);

    [LoggerMessage(
        EventId = 1312,
        Level = LogLevel.Warning,
        Message = "{Count} calls were still on their way at the end."
    )]
    private partial void LogLeft(int count);
}
