using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>
/// Holds the service's port. It is taken before the service initializes and handed to Kestrel later, so that a second
/// copy of a service fails before it touches a database.
/// </summary>
internal sealed partial class Listener(
    IOptions<ReDbServiceOptions> options,
    TimeProvider time,
    ILogger<Listener> logger
) : IDisposable
{
    private Socket? _socket;

    /// <summary>Where the service listens; only after <see cref="BindAsync"/>.</summary>
    public IPEndPoint EndPoint =>
        (IPEndPoint?)_socket?.LocalEndPoint ?? throw new InvalidOperationException("The port is not bound yet.");

    /// <summary>Takes the port, trying again as often as the timings say.</summary>
    /// <returns>False if somebody else kept it.</returns>
    public async Task<bool> BindAsync(CancellationToken cancellation)
    {
        var wanted = new IPEndPoint(options.Value.ListenAddress, options.Value.Port);
        foreach (var wait in options.Value.Timings.BindRetries)
        {
            if (TryBind(wanted))
            {
                return true;
            }

            await Task.Delay(wait, time, cancellation);
        }

        return TryBind(wanted);
    }

    /// <summary>The socket for Kestrel, which owns and closes it from here on.</summary>
    public Socket? TakeFor(EndPoint endPoint) => endPoint is ListenerEndPoint ? _socket : null;

    public void Dispose() => _socket?.Dispose();

    private bool TryBind(IPEndPoint wanted)
    {
        var socket = new Socket(wanted.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(wanted);
            // Two sockets may be bound to one port; only listening makes it ours.
            socket.Listen();
            _socket = socket;
            return true;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            LogBindFailed(wanted, e.SocketErrorCode);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot listen on {EndPoint}: {Error}.")]
    private partial void LogBindFailed(IPEndPoint endPoint, SocketError error);
}
