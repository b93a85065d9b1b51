using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Redb.Abstractions.Configuration;

namespace Redb.Initialization.Steps;

/// <summary>The address on which peers reach a node's mesh service. Nobody outside is asked for it (fault 61).</summary>
internal static class MeshAddress
{
    private const string Listen = "--listen";

    /// <summary>The address of this host, now.</summary>
    public static string OfThisHost(RedbConfiguration configuration) =>
        Choose(
                configuration,
                [
                    .. NetworkInterface
                        .GetAllNetworkInterfaces()
                        .Where(link => link.OperationalStatus == OperationalStatus.Up)
                        .Select(link => link.GetIPProperties())
                        // An interface that leads on is more likely to be where peers come from than a bridge of containers.
                        .OrderByDescending(link => link.GatewayAddresses.Count > 0)
                        .SelectMany(link => link.UnicastAddresses)
                        .Select(entry => entry.Address),
                ]
            )
            .ToString();

    /// <summary>What the mesh service listens on, where that is one address; else the first of this host's that others can use, IPv4 first.</summary>
    /// <param name="configuration">The group.</param>
    /// <param name="own">Addresses of this host, the likelier first.</param>
    public static IPAddress Choose(RedbConfiguration configuration, ImmutableArray<IPAddress> own)
    {
        var mesh = configuration.Services.FirstOrDefault(service => service.Name == "mesh");
        if (ListensOn(mesh?.Arguments ?? []) is { } written && !IsAny(written))
        {
            return written;
        }

        var usable = own.Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal).ToList();
        return usable.Find(address => address.AddressFamily == AddressFamily.InterNetwork)
            ?? usable.FirstOrDefault()
            ?? IPAddress.Loopback;
    }

    // --listen=ADDRESS:PORT, or in two elements.
    private static IPAddress? ListensOn(ImmutableArray<string> arguments)
    {
        var joined = arguments.FirstOrDefault(argument => argument.StartsWith($"{Listen}=", StringComparison.Ordinal));
        var at = arguments.IndexOf(Listen);
        var text =
            joined is not null ? joined[(Listen.Length + 1)..]
            : at >= 0 && at + 1 < arguments.Length ? arguments[at + 1]
            : "";
        return IPEndPoint.TryParse(text, out var endpoint) ? endpoint.Address : null;
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
