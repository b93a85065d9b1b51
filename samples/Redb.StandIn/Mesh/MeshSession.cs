using System.Net.Sockets;

namespace Redb.StandIn.Mesh;

/// <summary>A connection to a peer after the handshake. It ends when either side closes it, or when the peer has been silent for too long.</summary>
internal sealed class MeshSession : IDisposable
{
    private readonly TcpClient _client;
    private readonly MeshTimings _timings;
    private readonly TimeProvider _time;
    private readonly PeriodicTimer _pings;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _heardAt;

    public MeshSession(TcpClient client, ulong peer, bool isOurs, MeshTimings timings, TimeProvider time)
    {
        (_client, _timings, _time) = (client, timings, time);
        (Peer, IsOurs) = (peer, isOurs);
        RemoteAddress = client.Client.RemoteEndPoint!.ToString()!;
        _pings = new(timings.PingInterval, time);
        _heardAt = time.GetTimestamp();
    }

    public ulong Peer { get; }

    /// <summary>Whether this side dialled.</summary>
    public bool IsOurs { get; }

    public string RemoteAddress { get; }

    /// <summary>Waits until the session is over.</summary>
    public Task WaitForEndAsync(CancellationToken cancellation) => _ended.Task.WaitAsync(cancellation);

    /// <summary>Keeps the session up until it ends.</summary>
    public async Task RunAsync()
    {
        var pings = PingAsync();
        await ListenAsync();
        Dispose();
        await pings;
        _ended.TrySetResult();
    }

    /// <summary>Ends the session.</summary>
    public void Dispose()
    {
        _pings.Dispose();
        _client.Dispose();
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[64];
        try
        {
            while (await _client.GetStream().ReadAsync(buffer) > 0)
            {
                Volatile.Write(ref _heardAt, _time.GetTimestamp());
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // However it broke off, it is over.
        }
    }

    // A cut link delivers neither data nor an error: only the clock tells.
    private async Task PingAsync()
    {
        try
        {
            while (await _pings.WaitForNextTickAsync())
            {
                if (_time.GetElapsedTime(Volatile.Read(ref _heardAt)) > _timings.IdleTimeout)
                {
                    Dispose();
                    return;
                }

                await _client.GetStream().WriteAsync(new byte[] { 0 });
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The listening side ends it.
        }
    }
}
