using System.Net;
using System.Net.Sockets;

namespace Redb.StandIn.Mesh;

/// <summary>Keeps trying to have a session with whoever listens at one address, for as long as the process lives or until it is told to forget it.</summary>
internal sealed class MeshDialer(IPEndPoint address, MeshSessions sessions, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _hurry = new(0);
    private Task _loop = Task.CompletedTask;
    private volatile string? _refusal;
    private ulong _peer;

    public IPEndPoint Address => address;

    /// <summary>The node that was met there last; 0 before the first time.</summary>
    public ulong Peer => Volatile.Read(ref _peer);

    /// <summary>Why the last attempt failed; null while none has since <see cref="Hurry"/>.</summary>
    public string? Refusal => _refusal;

    public void Start() => _loop = LoopAsync();

    /// <summary>Tries at once instead of waiting for the end of a pause.</summary>
    public void Hurry()
    {
        _refusal = null;
        if (_hurry.CurrentCount == 0)
        {
            _hurry.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop.WaitAsync(MeshTimings.Handshake, time);
    }

    private async Task LoopAsync()
    {
        var pause = MeshTimings.ShortestPause;
        while (!_end.IsCancellationRequested)
        {
            var refusal = await AttemptAsync();
            pause = refusal is null ? MeshTimings.ShortestPause : pause;
            _refusal = refusal;
            await PauseAsync(pause);
            pause = refusal is null || pause * 2 > MeshTimings.LongestPause ? pause : pause * 2;
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await _hurry.WaitAsync(pause, _end.Token);
        }
        catch (OperationCanceledException)
        {
            // Forgotten.
        }
    }

    /// <summary>Has one session until it ends; returns why there was none, or null.</summary>
    private async Task<string?> AttemptAsync()
    {
        var client = new TcpClient(address.AddressFamily);
        try
        {
            if (sessions.Find(Peer) is { } present)
            {
                await present.WaitForEndAsync(_end.Token);
                return null;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            limit.CancelAfter(MeshTimings.Handshake);
            await client.ConnectAsync(address, limit.Token);
            var session = await sessions.GreetAsync(client, isOurs: true, limit.Token);
            Volatile.Write(ref _peer, session.Peer);
            using var forgotten = _end.Token.Register(session.Dispose);
            await sessions.HoldAsync(session, _end.Token);
            return null;
        }
        catch (Exception failure)
            when (failure is SocketException or IOException or InvalidDataException or OperationCanceledException)
        {
            client.Dispose();
            return failure is OperationCanceledException ? $"{address} does not answer" : failure.Message;
        }
    }
}
