using System.Net.Sockets;
using System.Text;
using Redb.Abstractions.Instances;

namespace Redb.Silo.Processes;

/// <summary>The socket on which one run says that it is ready (the sd_notify protocol).</summary>
internal sealed class NotifySocket : IDisposable
{
    // sun_path holds 108 bytes with its terminator.
    private const int LongestPath = 107;
    private const int LongestMessage = 4096;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly string _folderToDelete;

    /// <summary>Opens the socket, to be named to the run before it starts.</summary>
    /// <exception cref="IOException">The folder or the socket cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public NotifySocket(string folder, ServiceKey service)
    {
        var path = System.IO.Path.Combine(folder, service.Group, $"{service.Service}.sock");
        if (folder.Length > 0 && Encoding.UTF8.GetByteCount(path) <= LongestPath)
        {
            _folderToDelete = "";
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        }
        else
        {
            _folderToDelete = Directory.CreateTempSubdirectory("redb-").FullName;
            path = System.IO.Path.Combine(_folderToDelete, "notify");
        }

        Path = path;
        Bind();
    }

    /// <summary>Opens the socket again for a run that was told its path by an earlier supervisor.</summary>
    /// <exception cref="IOException">The socket cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public NotifySocket(string path)
    {
        _folderToDelete = "";
        Path = path;
        Bind();
    }

    /// <summary>Absolute path, for NOTIFY_SOCKET.</summary>
    public string Path { get; }

    /// <summary>Ends once the run said READY=1, or once the socket is closed.</summary>
    /// <returns>Whether it said so.</returns>
    public async Task<bool> ReadyAsync()
    {
        var buffer = new byte[LongestMessage];
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(buffer, SocketFlags.None);
                if (SaysReady(Encoding.UTF8.GetString(buffer, 0, length)))
                {
                    return true;
                }
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(Path);
        if (_folderToDelete.Length > 0)
        {
            Directory.Delete(_folderToDelete, recursive: true);
        }
    }

    private void Bind()
    {
        // Left behind by a supervisor that was killed.
        File.Delete(Path);
        try
        {
            _socket.Bind(new UnixDomainSocketEndPoint(Path));
        }
        catch (SocketException failure)
        {
            Dispose();
            throw new IOException($"{Path}: {failure.Message}", failure);
        }
    }

    private static bool SaysReady(string message) => message.Split('\n').Contains("READY=1", StringComparer.Ordinal);
}
