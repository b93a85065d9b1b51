using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Redb.TestKit.Hosts;

/// <summary>A stretch of bad network between two endpoints: passes TCP connections on, late, in fits and starts, or not at all.</summary>
/// <remarks>What is lost on the way TCP sends again, so that all a connection sees of loss is time.</remarks>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int ChunkBytes = 16 * 1024;
    private const int ChunksUnderWay = 64;

    // The kernel's shortest wait before it sends again what was lost.
    private static readonly TimeSpan s_sendAgainAfter = TimeSpan.FromMilliseconds(200);

    private readonly Socket _listener;
    private readonly Func<Socket> _newSocket;
    private readonly EndPoint _target;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _connections = [];
    private readonly Random _random;
    private readonly Task _accepting;
    private CancellationTokenSource _broken = new();
    private TaskCompletionSource _open = Opened();

    /// <summary>Begins to listen.</summary>
    /// <param name="listener">A socket of the namespace to listen in, bound.</param>
    /// <param name="newSocket">Makes sockets of the namespace the target is reached from.</param>
    /// <param name="target">Where connections are passed on to.</param>
    /// <param name="seed">Of what is lost.</param>
    /// <param name="time">Clock of the delays.</param>
    public TcpProxy(Socket listener, Func<Socket> newSocket, EndPoint target, int seed, TimeProvider time)
    {
        (_listener, _newSocket, _target, _time) = (listener, newSocket, target, time);
        _random = new(seed);
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>How late everything arrives, in either direction. Default none.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Share of what is sent that is lost once, 0 to 1. Default 0.</summary>
    public double Loss { get; set; }

    /// <summary>Where it listens.</summary>
    public EndPoint Endpoint => _listener.LocalEndPoint!;

    /// <summary>Holds everything back until <see cref="Release"/>; connections are still accepted.</summary>
    public void Stall()
    {
        lock (_lock)
        {
            _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Lets go of what <see cref="Stall"/> held back.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _open.TrySetResult();
        }
    }

    /// <summary>Breaks every connection there is.</summary>
    public void Break()
    {
        CancellationTokenSource broken;
        lock (_lock)
        {
            (broken, _broken) = (_broken, new());
        }

        broken.Cancel();
        broken.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Break();
        _listener.Dispose();
        await _accepting.WaitAsync(Child.Patience);
        Task[] left;
        lock (_lock)
        {
            left = [.. _connections];
        }

        await Task.WhenAll(left).WaitAsync(Child.Patience);
        _broken.Dispose();
        _end.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptAsync(_end.Token);
                lock (_lock)
                {
                    var connection = ConnectAsync(near, _broken.Token);
                    _connections.RemoveWhere(one => one.IsCompleted);
                    _connections.Add(connection);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task ConnectAsync(Socket near, CancellationToken broken)
    {
        // The socket of another namespace costs a thread, and whoever accepts holds the lock.
        await Task.Yield();
        using var far = _newSocket();
        using (near)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, broken);
            var work = Array.Empty<Task>();
            try
            {
                near.NoDelay = far.NoDelay = true;
                await far.ConnectAsync(_target, end.Token);
                work = [.. Pass(near, far, end.Token), .. Pass(far, near, end.Token)];
                await foreach (var done in Task.WhenEach(work))
                {
                    await done;
                }
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException)
            {
                // Broken here, or by one of the two: the other one hears of it by the reset.
                near.LingerState = far.LingerState = new(enable: true, seconds: 0);
            }

            await end.CancelAsync();
            await Task.WhenAll(work).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    // Reads on while earlier chunks are still under way: a delay is no limit of throughput.
    private Task[] Pass(Socket from, Socket to, CancellationToken end)
    {
        var chunks = Channel.CreateBounded<(long Read, byte[] Bytes)>(ChunksUnderWay);
        return [ReadAsync(from, chunks.Writer, end), WriteAsync(to, chunks.Reader, end)];
    }

    private async Task ReadAsync(Socket from, ChannelWriter<(long Read, byte[] Bytes)> chunks, CancellationToken end)
    {
        var buffer = new byte[ChunkBytes];
        while (await from.ReceiveAsync(buffer, end) is > 0 and var count)
        {
            await chunks.WriteAsync((_time.GetTimestamp(), buffer[..count]), end);
        }

        chunks.Complete();
    }

    private async Task WriteAsync(Socket to, ChannelReader<(long Read, byte[] Bytes)> chunks, CancellationToken end)
    {
        await foreach (var (read, bytes) in chunks.ReadAllAsync(end))
        {
            var late = Delay + Lost() - _time.GetElapsedTime(read);
            if (late > TimeSpan.Zero)
            {
                await Task.Delay(late, _time, end);
            }

            await Gate(end);
            await to.SendAsync(bytes, end);
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private TimeSpan Lost()
    {
        lock (_lock)
        {
            return _random.NextDouble() < Loss ? s_sendAgainAfter : TimeSpan.Zero;
        }
    }

    private Task Gate(CancellationToken end)
    {
        lock (_lock)
        {
            return _open.Task.WaitAsync(end);
        }
    }
}
