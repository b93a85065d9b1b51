namespace Redb.StandIn.Faults;

/// <summary>Lets no registration and no heartbeat out of the process from some moment on.</summary>
internal sealed class MutedHandler(HttpMessageHandler inner, TimeSpan after, TimeProvider time)
    : DelegatingHandler(inner)
{
    private readonly long _startedAt = time.GetTimestamp();

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (IsSignOfLife(request.RequestUri!.AbsolutePath) && time.GetElapsedTime(_startedAt) >= after)
        {
            // Silence, not an error: the caller waits as long as it dares.
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static bool IsSignOfLife(string path) =>
        path.EndsWith("/RegisterService", StringComparison.Ordinal)
        || path.EndsWith("/SendHeartbeat", StringComparison.Ordinal);
}
