namespace Redb.Hosting.Service.Lifecycle;

/// <summary>
/// Joins those who want the service to stop (signals, the <c>Stop</c> call, the host) with the one who stops it.
/// The first request wins; later ones wait for the same end.
/// </summary>
internal sealed class StopSignal(TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _requesting = new();
    private TimeSpan? _grace;

    /// <summary>Cancelled as soon as anybody asked.</summary>
    public CancellationToken Token => _requested.Token;

    /// <summary>Budget of the stop hooks as the first caller named it, or null.</summary>
    public TimeSpan? Grace => _grace;

    public void Request(TimeSpan? grace = null)
    {
        lock (_requesting)
        {
            if (_requested.IsCancellationRequested)
            {
                return;
            }

            _grace = grace;
        }

        _requested.Cancel();
    }

    /// <summary>Told once everything but the server itself has stopped.</summary>
    public void Stopped() => _stopped.TrySetResult();

    /// <summary>Waits for the stop, at most as long as given.</summary>
    /// <returns>Whether it came in time.</returns>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        await _stopped.Task.WaitAsync(limit, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _stopped.Task.IsCompleted;
    }

    public void Dispose() => _requested.Dispose();
}
