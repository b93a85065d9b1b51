using System.Net;
using System.Net.Sockets;
using Redb.TestKit.Hosts;

namespace Redb.Hosts.Tests.Kit;

/// <summary>A connection from a host to an <see cref="Echo"/>.</summary>
internal sealed class Call : IDisposable
{
    private readonly Socket _socket;
    private byte _number;

    private Call(Socket socket) => _socket = socket;

    public static async Task<Call> OpenAsync(NetworkNamespace network, EndPoint endpoint)
    {
        var socket = network.NewSocket();
        socket.NoDelay = true;
        await socket.ConnectAsync(endpoint, TestContext.Current.CancellationToken);
        return new(socket);
    }

    /// <summary>Sends a byte and waits until it is back.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> PingAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        var answer = new byte[1];
        await _socket.SendAsync(new[] { ++_number }, TestContext.Current.CancellationToken);
        if (await _socket.ReceiveAsync(answer, TestContext.Current.CancellationToken) == 0)
        {
            throw new EndOfStreamException("The other side hung up.");
        }

        answer[0].Should().Be(_number, "what comes back is what was sent");
        return TimeProvider.System.GetElapsedTime(began);
    }

    public void Dispose() => _socket.Dispose();
}
