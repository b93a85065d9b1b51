using System.Globalization;
using System.Net;

namespace Redb.TestKit.Hosts;

/// <summary>
/// A bridge with hosts on it, each a namespace with one cable: its addresses exist nowhere else, and cables can be pulled. What an earlier test
/// process left behind is removed first.
/// </summary>
internal sealed class HostNetwork : IDisposable
{
    private const string Bridge = "bridge";
    private const string Subnet = "10.77.0";
    private const int HubNumber = 254;

    private readonly List<TestHost> _hosts = [];
    private int _numbers;

    private HostNetwork(NetworkNamespace hub) => Hub = hub;

    /// <summary>Where the bridge is; what runs here reaches every host.</summary>
    public NetworkNamespace Hub { get; }

    /// <summary>The hub's own address.</summary>
    public IPAddress HubAddress { get; } = AddressOf(HubNumber);

    /// <summary>Its hosts, in the order in which they came.</summary>
    public IReadOnlyList<TestHost> Hosts => _hosts;

    /// <summary>Makes a network, or skips the test where that is not allowed and says why.</summary>
    public static HostNetwork Create()
    {
        NetworkNamespace.RemoveLeftovers();
        var network = new HostNetwork(NetworkNamespace.Create("hub"));
        network.Hub.Run("link", "add", Bridge, "type", "bridge");
        network.Hub.Run("address", "add", $"{network.HubAddress}/24", "dev", Bridge);
        network.Hub.Run("link", "set", Bridge, "up");
        return network;
    }

    /// <summary>Puts another host on the bridge.</summary>
    /// <param name="name">Up to eight letters.</param>
    public TestHost Add(string name)
    {
        var host = new TestHost(this, NetworkNamespace.Create(name), name, NewAddress());
        _hosts.Add(host);
        Hub.Run("link", "add", CableOf(name), "type", "veth", "peer", "name", "eth0", "netns", host.Namespace.Name);
        Hub.Run("link", "set", CableOf(name), "master", Bridge, "up");
        host.Namespace.Run("address", "add", $"{host.Address}/24", "dev", "eth0");
        host.Namespace.Run("link", "set", "eth0", "up");
        return host;
    }

    /// <summary>A stretch of bad network in the hub, at an address of its own and the target's port.</summary>
    /// <param name="target">Where it leads.</param>
    /// <param name="seed">Of what it loses.</param>
    public TcpProxy Proxy(EndPoint target, int seed)
    {
        var address = NewAddress();
        Hub.Run("address", "add", $"{address}/24", "dev", Bridge);
        var listener = Hub.NewSocket();
        listener.Bind(new IPEndPoint(address, ((IPEndPoint)target).Port));
        return new(listener, Hub.NewSocket, target, seed, TimeProvider.System);
    }

    /// <summary>Pulls a host's cable or puts it back.</summary>
    public void SetCable(TestHost host, bool isPluggedIn) =>
        Hub.Run("link", "set", CableOf(host.Name), isPluggedIn ? "up" : "down");

    public void Dispose()
    {
        foreach (var host in _hosts)
        {
            host.Dispose();
        }

        Hub.Dispose();
    }

    private static string CableOf(string host) => $"to-{host}";

    private IPAddress NewAddress() => AddressOf(++_numbers);

    private static IPAddress AddressOf(int number) =>
        IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"{Subnet}.{number}"));
}
