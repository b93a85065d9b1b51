using System.Net;
using System.Net.Sockets;
using Redb.Abstractions.Security;
using Redb.Security.Connections;

namespace Redb.Security.Tests.Kit;

/// <summary>One greeting over a real socket on loopback.</summary>
/// <param name="Listener">How it ended for the one who listened; null when both were let in.</param>
/// <param name="Connector">How it ended for the one who connected; null when both were let in.</param>
internal sealed record Handshake(AccessRefusedException? Listener, AccessRefusedException? Connector)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Lets two guards greet each other.</summary>
    public static Task<Handshake> TryAsync(IConnectionGuard listener, IConnectionGuard connector) =>
        TryAsync(
            listener,
            async (stream, cancellationToken) =>
                await (
                    await connector.GreetAsync(stream, stream.Socket.RemoteEndPoint, cancellationToken) ?? stream
                ).WriteAsync(new byte[] { 42 }, cancellationToken)
        );

    /// <summary>Lets a guard meet somebody.</summary>
    public static async Task<Handshake> TryAsync(
        IConnectionGuard listener,
        Func<NetworkStream, CancellationToken, Task> connect
    )
    {
        using var patience = new CancellationTokenSource(s_patience, TimeProvider.System);
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        using var client = new TcpClient();
        var accepting = socket.AcceptTcpClientAsync(patience.Token).AsTask();
        await client.ConnectAsync((IPEndPoint)socket.LocalEndpoint, patience.Token);
        using var server = await accepting;

        var listening = EndAsync(() => ListenAsync(server, listener, patience.Token), server);
        var connecting = EndAsync(() => connect(client.GetStream(), patience.Token), client);
        return new(await listening, await connecting);
    }

    // Let in is who can also be heard.
    private static async Task ListenAsync(TcpClient server, IConnectionGuard guard, CancellationToken cancellationToken)
    {
        var raw = server.GetStream();
        var stream = await guard.GreetAsync(raw, server.Client.RemoteEndPoint, cancellationToken) ?? raw;
        var heard = new byte[1];
        await stream.ReadExactlyAsync(heard, cancellationToken);
        heard[0].Should().Be(42);
    }

    private static async Task<AccessRefusedException?> EndAsync(Func<Task> act, TcpClient own)
    {
        try
        {
            await act();
            // The other end sees that nothing more comes, and still gets what was sent.
            own.Client.Shutdown(SocketShutdown.Send);
            return null;
        }
        catch (AccessRefusedException refusal)
        {
            own.Close();
            return refusal;
        }
        catch (IOException error)
        {
            own.Close();
            return new(RefusalReason.NoHandshake, error.Message);
        }
    }
}
