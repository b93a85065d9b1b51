using System.Net;
using Redb.Abstractions.Configuration;
using Redb.Silo.Hosting;

namespace Redb.Silo.Cluster;

/// <summary>Where a silo listens for other silos and for tools.</summary>
/// <param name="Address">The address of both.</param>
/// <param name="Silo">Port for silos.</param>
/// <param name="Gateway">Port for tools.</param>
internal sealed record ClusterPorts(IPAddress Address, int Silo, int Gateway)
{
    // What others must know in advance cannot be any free port.
    private const int UsualSilo = 11111;
    private const int UsualGateway = 30000;

    /// <summary>What a configuration says, and else a free pair on loopback, or the usual one elsewhere.</summary>
    public static ClusterPorts Choose(ClusterConfiguration cluster)
    {
        var address = IPAddress.Parse(cluster.AdvertisedAddress);
        var (silo, gateway) = IPAddress.IsLoopback(address) ? FreePort.Pair(address) : (UsualSilo, UsualGateway);
        return new(
            address,
            cluster.SiloPort > 0 ? cluster.SiloPort : silo,
            cluster.GatewayPort > 0 ? cluster.GatewayPort : gateway
        );
    }

    /// <summary>Where tools connect: <c>127.0.0.1:30000</c>.</summary>
    public string GatewayEndpoint => new IPEndPoint(Address, Gateway).ToString();
}
