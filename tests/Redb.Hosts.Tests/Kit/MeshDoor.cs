using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Redb.Protocol.Mesh;
using Redb.TestKit.Hosts;

namespace Redb.Hosts.Tests.Kit;

/// <summary>The way to a mesh service from inside its host: it leads there while the host's cable is pulled, too.</summary>
internal sealed class MeshDoor : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

    private readonly GrpcChannel _channel;

    public MeshDoor(NetworkNamespace network, int port)
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, port);
        _channel = GrpcChannel.ForAddress(
            string.Create(CultureInfo.InvariantCulture, $"http://{endpoint}"),
            new()
            {
                DisposeHttpClient = true,
                HttpHandler = new SocketsHttpHandler
                {
                    ConnectCallback = async (_, token) => await OpenAsync(network, endpoint, token),
                },
            }
        );
    }

    /// <summary>How many sessions it has; none while it cannot be asked.</summary>
    public async Task<int> CountAsync()
    {
        try
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + s_limit;
            var answer = await new MeshControl.MeshControlClient(_channel).GetSessionsAsync(new(), deadline: deadline);
            return answer.Sessions.Count;
        }
        catch (RpcException)
        {
            return 0;
        }
    }

    public void Dispose() => _channel.Dispose();

    private static async Task<Stream> OpenAsync(NetworkNamespace network, IPEndPoint endpoint, CancellationToken token)
    {
        var socket = network.NewSocket();
        try
        {
            await socket.ConnectAsync(endpoint, token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
