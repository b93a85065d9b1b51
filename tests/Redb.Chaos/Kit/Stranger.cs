using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Redb.Chaos.Kit;

/// <summary>Connections to a port by somebody who does not keep to its protocol.</summary>
/// <param name="port">The port.</param>
internal sealed class Stranger(int port) : IDisposable
{
    private static readonly byte[] s_preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    private static readonly byte[] s_emptySettings = [0, 0, 0, 4, 0, 0, 0, 0, 0];

    private readonly List<Socket> _held = [];

    /// <summary>Connects and says nothing, for as long as this object lives.</summary>
    public async Task HoldAsync(int count, CancellationToken cancellation)
    {
        for (var i = 0; i < count; i++)
        {
            _held.Add(await ConnectAsync(cancellation));
        }
    }

    /// <summary>Opens HTTP/2 and then says nothing and reads nothing, for as long as this object lives.</summary>
    public async Task OpenAsync(int count, CancellationToken cancellation)
    {
        for (var i = 0; i < count; i++)
        {
            var socket = await ConnectAsync(cancellation);
            _held.Add(socket);
            await socket.SendAsync(s_preface, cancellation);
            await socket.SendAsync(s_emptySettings, cancellation);
        }
    }

    /// <summary>Sends bytes until all are sent or the other side has had enough.</summary>
    public async Task ThrowAsync(byte[] bytes, CancellationToken cancellation)
    {
        using var socket = await ConnectAsync(cancellation);
        try
        {
            for (var sent = 0; sent < bytes.Length; )
            {
                sent += await socket.SendAsync(bytes.AsMemory(sent), cancellation);
            }

            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Cut off: as it should be.
        }
    }

    public static byte[] Http1() => Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

    /// <summary>How a TLS client introduces itself, as far as anybody reads who does not know TLS.</summary>
    public static byte[] TlsHello(byte[] random) => [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, .. random];

    /// <summary>A frame that claims to be as long as a frame can be, with only some of that behind it.</summary>
    public static byte[] HugeFrame(byte type, byte[] content) =>
        [.. s_preface, .. s_emptySettings, 0xff, 0xff, 0xff, type, 0, 0, 0, 0, 1, .. content];

    public void Dispose() => _held.ForEach(socket => socket.Dispose());

    private async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
        return socket;
    }
}
