using System.Net;
using System.Net.Sockets;

namespace Redb.StandIn.Roles;

/// <summary>The mesh's port for its peers: open, and silent.</summary>
internal sealed class PeerListener : IDisposable
{
    private TcpListener? _listener;

    /// <summary>Opens the port.</summary>
    /// <returns>Where it is, should the port asked for be 0.</returns>
    public EndPoint Start(IPEndPoint endPoint)
    {
        _listener = new(endPoint);
        _listener.Start();
        return _listener.LocalEndpoint;
    }

    public void Dispose() => _listener?.Dispose();
}
