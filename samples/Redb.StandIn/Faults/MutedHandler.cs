namespace Redb.StandIn.Faults;

/// <summary>Lets no registration and no heartbeat out of the process from some moment on.</summary>
/// <param name="inner">The way out.</param>
/// <param name="after">Time since the first answered heartbeat, so that a slow start is not taken for silence; zero: not even that one.</param>
/// <param name="time">The clock.</param>
internal sealed class MutedHandler(HttpMessageHandler inner, TimeSpan after, TimeProvider time)
    : DelegatingHandler(inner)
{
    private const string Heartbeat = "/SendHeartbeat";

    private readonly Lock _lock = new();
    private long? _heardAt;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var path = request.RequestUri!.AbsolutePath;
        if (IsSignOfLife(path) && IsMuted())
        {
            // Silence, not an error: the caller waits as long as it dares.
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (path.EndsWith(Heartbeat, StringComparison.Ordinal))
        {
            lock (_lock)
            {
                _heardAt ??= time.GetTimestamp();
            }
        }

        return response;
    }

    private bool IsMuted()
    {
        lock (_lock)
        {
            return after == TimeSpan.Zero || (_heardAt is { } heard && time.GetElapsedTime(heard) >= after);
        }
    }

    private static bool IsSignOfLife(string path) =>
        path.EndsWith("/RegisterService", StringComparison.Ordinal)
        || path.EndsWith(Heartbeat, StringComparison.Ordinal);
}
