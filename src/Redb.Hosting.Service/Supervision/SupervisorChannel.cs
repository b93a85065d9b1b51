using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;
using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Supervision;

/// <summary>The one connection to the supervisor; without one, <see cref="Client"/> is null.</summary>
internal sealed class SupervisorChannel : IDisposable
{
    private readonly GrpcChannel? _channel;

    public SupervisorChannel(IOptions<ReDbServiceOptions> options)
    {
        Address = SupervisorAddress.Parse(options.Value.Supervisor);
        if (Address is not null)
        {
            _channel = Open(Address, options.Value);
            Client = new(_channel);
        }
    }

    public Uri? Address { get; }

    public SupervisorService.SupervisorServiceClient? Client { get; }

    public void Dispose() => _channel?.Dispose();

    private static GrpcChannel Open(Uri address, ReDbServiceOptions options)
    {
        HttpMessageHandler handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectTimeout = options.Timings.ConnectTimeout,
            // What the existing services do; it also finds out that a supervisor froze.
            KeepAlivePingDelay = TimeSpan.FromSeconds(10),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(3),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            // With a connector of our own the channel leaves retrying to us. Its own back-off grows to two minutes,
            // far too long for a supervisor that is back after one second.
            ConnectCallback = ConnectAsync,
        };

        handler = options.WrapSupervisorHandler?.Invoke(handler) ?? handler;
        return GrpcChannel.ForAddress(address, new() { HttpHandler = handler, DisposeHttpClient = true });
    }

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellation
    )
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
