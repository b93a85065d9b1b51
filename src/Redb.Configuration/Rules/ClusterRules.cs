using System.Net;
using Redb.Abstractions.Configuration;
using Redb.Configuration.Durations;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Rules;

/// <summary>What other machines can reach is protected, or its author says in so many words that it need not be.</summary>
internal static class ClusterRules
{
    private const string AddressPath = "cluster.advertised_address";

    public static void Check(RedbConfiguration configuration, ReadContext context)
    {
        var cluster = configuration.Cluster;
        CheckFiles(cluster.Tls, context);
        CheckPorts(configuration, context);
        if (cluster.RestartMaxDelay < cluster.RestartDelay)
        {
            context.Error(
                "cluster.restart_max_delay",
                $"restart_max_delay ({GoDuration.Format(cluster.RestartMaxDelay)}) must be at least restart_delay ({GoDuration.Format(cluster.RestartDelay)})"
            );
        }

        // What is no address is already a problem of its own.
        if (!IPAddress.TryParse(cluster.AdvertisedAddress, out var address))
        {
            return;
        }

        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            context.Error(AddressPath, $"{address} is no address that others can connect to; name one of this host's");
        }
        else if (!IPAddress.IsLoopback(address) && !cluster.Tls.IsConfigured && !cluster.Insecure)
        {
            context.Error(
                AddressPath,
                $"other machines reach {address}, and whoever does commands this supervisor: set cluster.tls (redbctl certs makes the files), or cluster.insecure: true in a network you trust"
            );
        }
    }

    private static void CheckFiles(ClusterTlsConfiguration tls, ReadContext context)
    {
        (string Name, string Path)[] files =
        [
            ("cluster.tls.ca", tls.Ca),
            ("cluster.tls.certificate", tls.Certificate),
            ("cluster.tls.key", tls.Key),
        ];
        var missing = files.Where(static file => file.Path.Length == 0).Select(static file => file.Name).ToList();
        if (missing.Count is 1 or 2)
        {
            context.Error("cluster.tls", $"needs all three files; {string.Join(" and ", missing)} is missing");
        }
    }

    private static void CheckPorts(RedbConfiguration configuration, ReadContext context)
    {
        var cluster = configuration.Cluster;
        var claims = new PortClaims<PlannedPort>();
        (string Path, int Port)[] own =
        [
            ("cluster.silo_port", cluster.SiloPort),
            ("cluster.gateway_port", cluster.GatewayPort),
        ];
        var fixedPorts = own.Where(static port => port.Port > 0)
            .Select(port => new PlannedPort(port.Path, new("", cluster.AdvertisedAddress, port.Port, port.Port)));
        foreach (var group in PlannedPort.Of(configuration))
        {
            claims.Add(group.Endpoint, group);
        }

        foreach (var port in fixedPorts)
        {
            if (claims.FindOther(port.Endpoint) is { } taken)
            {
                context.Error(port.Path, $"port {port} is already used by {context.Locate(taken.Path)}");
            }

            claims.Add(port.Endpoint, port);
        }
    }
}
