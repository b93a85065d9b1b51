using System.Net;
using System.Net.Sockets;

namespace Redb.Silo.Hosting;

/// <summary>Finds ports on loopback for the silo's own traffic, which nobody has to know in advance.</summary>
internal static class FreePort
{
    /// <summary>Two ports that were free a moment ago.</summary>
    public static (int Silo, int Gateway) Pair()
    {
        using var silo = new TcpListener(IPAddress.Loopback, 0);
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        silo.Start();
        gateway.Start();
        return (((IPEndPoint)silo.LocalEndpoint).Port, ((IPEndPoint)gateway.LocalEndpoint).Port);
    }
}
