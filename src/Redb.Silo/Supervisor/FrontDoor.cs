namespace Redb.Silo.Supervisor;

/// <summary>
/// Closed until every group has begun. A service that was launched before the silo was up may call at once; what it says must not reach its grain before
/// the grain knows of the run.
/// </summary>
internal sealed class FrontDoor(TimeProvider time)
{
    // As long as clients of gRPC wait for a connection, and far longer than groups need to begin.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _opened.TrySetResult();

    /// <summary>Completes once it is open.</summary>
    /// <exception cref="TimeoutException">It was not opened within 20 s.</exception>
    public Task EnterAsync(CancellationToken cancellationToken) =>
        _opened.Task.IsCompleted ? Task.CompletedTask : _opened.Task.WaitAsync(Patience, time, cancellationToken);
}
