using System.Net;
using System.Net.Sockets;

namespace Redb.Silo.Hosting;

/// <summary>Finds ports on loopback for the silo's own traffic, which nobody has to know in advance.</summary>
internal static class FreePort
{
    /// <summary>Two ports of a loopback address that were free a moment ago.</summary>
    public static (int Silo, int Gateway) Pair(IPAddress address)
    {
        using var silo = new TcpListener(address, 0);
        using var gateway = new TcpListener(address, 0);
        silo.Start();
        gateway.Start();
        return (((IPEndPoint)silo.LocalEndpoint).Port, ((IPEndPoint)gateway.LocalEndpoint).Port);
    }
}
