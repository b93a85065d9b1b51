using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Redb.Silo.Processes;

/// <summary>The TCP sockets of this host that listen.</summary>
internal static class TcpListeners
{
    private const string ListenState = "0A";
    private const int AddressField = 1;
    private const int StateField = 3;
    private const int InodeField = 9;

    /// <summary>The first of the ports that a socket listens on, on whatever address, with the inode of that socket.</summary>
    public static (int Port, string Inode)? Find(IReadOnlyCollection<int> ports)
    {
        // The kernel walks all its connections for a table, which takes milliseconds even when there are few; a bind takes none.
        var doubtful = ports.Where(port => !CanBind(port)).ToArray();
        return doubtful.Length == 0 ? null : Find("/proc/net/tcp", doubtful) ?? Find("/proc/net/tcp6", doubtful);
    }

    // Fails, too, for ports that need a privilege and for those of outgoing connections: the tables tell.
    private static bool CanBind(int port)
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            var any = socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
            socket.Bind(new IPEndPoint(any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static (int Port, string Inode)? Find(string table, IReadOnlyCollection<int> ports)
    {
        if (!File.Exists(table))
        {
            return null;
        }

        foreach (var line in File.ReadLines(table).Skip(1))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

            // The kernel lists listening sockets first, so thousands of connections are never read.
            if (!string.Equals(fields[StateField], ListenState, StringComparison.Ordinal))
            {
                return null;
            }

            var address = fields[AddressField];
            var port = int.Parse(
                address.AsSpan(address.LastIndexOf(':') + 1),
                NumberStyles.HexNumber,
                CultureInfo.InvariantCulture
            );
            if (ports.Contains(port))
            {
                return (port, fields[InodeField]);
            }
        }

        return null;
    }
}
