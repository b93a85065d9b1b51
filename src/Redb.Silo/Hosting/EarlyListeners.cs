using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Redb.Grains.Planning;

namespace Redb.Silo.Hosting;

/// <summary>
/// The ports of the gRPC listeners, bound before anything is launched: who dials before the server is up waits for its answer, and is not refused.
/// </summary>
internal sealed class EarlyListeners(HostPlan plan) : IDisposable
{
    private readonly Dictionary<EndPoint, Socket> _bound = [];

    /// <summary>Binds all of them.</summary>
    /// <exception cref="SocketException">A port is taken, or its address is not of this machine.</exception>
    public void Bind()
    {
        foreach (var group in plan.Groups)
        {
            var endpoint = new IPEndPoint(IPAddress.Parse(group.ListenAddress), group.ListenPort);
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            _bound[endpoint] = socket;
            socket.Listen();
        }
    }

    /// <summary>Hands a bound socket on to the server, which owns it from then on.</summary>
    public Socket Take(EndPoint endpoint) =>
        _bound.Remove(endpoint, out var socket)
            ? socket
            : SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);

    public void Dispose()
    {
        foreach (var socket in _bound.Values)
        {
            socket.Dispose();
        }
    }
}
