using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;

namespace Redb.Silo.Controllers;

/// <summary>Opens gRPC channels to services; connections below them are shared and dialled again on demand.</summary>
/// <remarks>
/// Services close idle connections after 15 s and take keepalive pings more often than every 5 minutes for an attack, so there are no
/// pings, and an idle connection is closed on our side before theirs.
/// </remarks>
internal sealed class ServiceConnections : IDisposable
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            PooledConnectionIdleTimeout = IdleTimeout,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary><c>host:port</c>, with brackets around an IPv6 address.</summary>
    public static string Format(string host, int port) =>
        host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";

    /// <summary>The socket's word on a failed call, which says more than that of gRPC, where there is one.</summary>
    public static string Describe(RpcException failure) =>
        FindSocketFailure(failure) is { } socket
            ? Describe(socket)
            : $"answered {failure.StatusCode}: {failure.Status.Detail}";

    public static string Describe(SocketException failure) =>
        failure.SocketErrorCode == SocketError.ConnectionRefused
            ? "refused the connection"
            : $"could not be reached: {failure.Message}";

    /// <summary>Whether the call ended because nobody took the connection; false when it was taken and broken off.</summary>
    public static bool IsConnectFailure(RpcException failure) =>
        failure.Status.DebugException
            is HttpRequestException
            {
                InnerException: SocketException { SocketErrorCode: not SocketError.ConnectionReset }
            };

    /// <summary>Opens a channel; cheap, nothing is dialled before the first call.</summary>
    /// <param name="endpoint"><c>host:port</c>.</param>
    /// <exception cref="UriFormatException">The endpoint is none.</exception>
    public GrpcChannel Open(string endpoint) =>
        GrpcChannel.ForAddress(
            new Uri($"http://{endpoint}"),
            new() { HttpClient = _client, ThrowOperationCanceledOnCancellation = true }
        );

    public void Dispose() => _client.Dispose();

    private static SocketException? FindSocketFailure(RpcException failure)
    {
        for (var inner = failure.Status.DebugException; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
            {
                return socket;
            }
        }

        return null;
    }
}
