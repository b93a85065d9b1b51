using System.Net.Sockets;
using Redb.Grains.Probes;
using Redb.Silo.Controllers;

namespace Redb.Silo.Probes;

/// <summary>Passes when an HTTP GET answers 200 to 399. Redirects are an answer, not followed; bodies are not read.</summary>
internal sealed class HttpProbe : IProbe, IDisposable
{
    private const int MostHeaderKilobytes = 64;

    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            MaxResponseDrainSize = 0,

            // Each attempt asks whether the service still accepts connections, too.
            PooledConnectionLifetime = TimeSpan.Zero,
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public string Describe(ProbeTarget target) => $"GET {Address(target)}";

    public async Task<ProbeResult> AskAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(Address(target), UriKind.Absolute, out var address))
        {
            return new(false, $"{Describe(target)} is no address");
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.UserAgent.ParseAdd("redb-supervisor");
            using var response = await _client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            var status = (int)response.StatusCode;
            return new(status is >= 200 and <= 399, $"{Describe(target)} answered {status}");
        }
        catch (HttpRequestException failure)
        {
            var reason = failure.InnerException is SocketException socket
                ? ServiceConnections.Describe(socket)
                : $"failed: {failure.Message}";
            return new(false, $"{Describe(target)} {reason}");
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Address(ProbeTarget target)
    {
        var path = target.Probe.Path.StartsWith('/') ? target.Probe.Path : $"/{target.Probe.Path}";
        return $"http://{ServiceConnections.Format(target.Host, target.Port)}{path}";
    }
}
