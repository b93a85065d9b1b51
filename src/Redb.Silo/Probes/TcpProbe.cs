using System.Net.Sockets;
using Redb.Grains.Probes;
using Redb.Silo.Controllers;

namespace Redb.Silo.Probes;

/// <summary>Passes when a TCP connection is accepted.</summary>
internal sealed class TcpProbe : IProbe
{
    public string Describe(ProbeTarget target) => $"tcp {ServiceConnections.Format(target.Host, target.Port)}";

    public async Task<ProbeResult> AskAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(target.Host, target.Port, cancellationToken);
            return new(true, $"{Describe(target)} accepted the connection");
        }
        catch (SocketException failure)
        {
            return new(false, $"{Describe(target)} {ServiceConnections.Describe(failure)}");
        }
    }
}
