using System.Net;

namespace Redb.TestKit.Hosts;

/// <summary>One host: a namespace with a cable to the bridge, and a folder.</summary>
internal sealed class TestHost(HostNetwork network, NetworkNamespace @namespace, string name, IPAddress address)
    : IDisposable
{
    public string Name => name;

    public IPAddress Address => address;

    public NetworkNamespace Namespace => @namespace;

    /// <summary>Its disk, as it were.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory($"redb-host-{name}-").FullName;

    /// <summary>Starts a program on it, in its folder.</summary>
    public Child Start(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var (ip, line) = Namespace.Command(program, arguments);
        return Child.Start(ip, line, Folder, environment);
    }

    /// <summary>Pulls its cable: what is on its way is lost, and nobody is told.</summary>
    public void Cut() => network.SetCable(this, isPluggedIn: false);

    /// <summary>Puts the cable back.</summary>
    public void Heal() => network.SetCable(this, isPluggedIn: true);

    public void Dispose()
    {
        Namespace.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
