namespace Redb.Hosting.Service.Tests.Doubles;

/// <summary>The way to a supervisor, which a test can close, and which tells what got lost on it.</summary>
internal sealed class RoadWithOutages : DelegatingHandler
{
    private volatile bool _closed;

    /// <summary>While set, heartbeats get no answer and log streams no connection.</summary>
    public bool Closed
    {
        get => _closed;
        set => _closed = value;
    }

    /// <summary>Paths of the calls that did not get through.</summary>
    public Recorder<string> Lost { get; } = new();

    public HttpMessageHandler Around(HttpMessageHandler inner)
    {
        InnerHandler = inner;
        return this;
    }

    /// <summary>Ends when a heartbeat got lost that nobody has asked for yet.</summary>
    public Task LosesHeartbeatAsync() =>
        Lost.NextAsync(path => path.EndsWith("/SendHeartbeat", StringComparison.Ordinal));

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var path = request.RequestUri!.AbsolutePath;
        if (!Closed)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException)
            {
                Lost.Add(path);
                throw;
            }
        }

        Lost.Add(path);
        if (!path.EndsWith("/StreamLogs", StringComparison.Ordinal))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        throw new HttpRequestException("The road is closed.");
    }
}
