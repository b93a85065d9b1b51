using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Redb.StandIn.Arguments;

namespace Redb.StandIn.Mesh;

/// <summary>The sessions of a mesh node with its peers: takes connections, makes them, and keeps one for each peer.</summary>
internal sealed class MeshSessions(StandInArguments arguments, TimeProvider time) : IAsyncDisposable
{
    // As often as the real mesh looks whether the handshake is through.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, MeshSession> _sessions = [];
    private readonly ConcurrentDictionary<IPEndPoint, MeshDialer> _dialers = new();
    private readonly ConcurrentDictionary<Task, byte> _guests = new();
    private readonly CancellationTokenSource _end = new();
    private TcpListener? _listener;
    private Task _work = Task.CompletedTask;

    /// <summary>The node this is.</summary>
    public ulong Own { get; } = MeshHello.OwnNode;

    /// <summary>Counts the sessions that came and went.</summary>
    public uint Epoch { get; private set; }

    /// <summary>Opens the port for peers and dials those named on the command line.</summary>
    /// <returns>Where the port is, should the one asked for be 0; null when there is none.</returns>
    public EndPoint? Start()
    {
        if (arguments.Listen is { } endPoint)
        {
            _listener = new(endPoint);
            _listener.Start();
            _work = Task.WhenAll(AcceptAsync(_listener), ForgetOftenAsync());
        }

        foreach (var peer in arguments.Connect)
        {
            DialerTo(peer);
        }

        return _listener?.LocalEndpoint;
    }

    public IReadOnlyList<MeshSession> List()
    {
        lock (_lock)
        {
            return [.. _sessions.Values.OrderBy(session => session.Peer)];
        }
    }

    public MeshSession? Find(ulong peer)
    {
        lock (_lock)
        {
            return _sessions.GetValueOrDefault(peer);
        }
    }

    /// <summary>Asks for a session with whoever listens at an address, and waits until it stands. An attempt that takes too long goes on.</summary>
    public async Task<MeshAddition> AddAsync(IPEndPoint address, TimeSpan timeout, CancellationToken cancellation)
    {
        var dialer = DialerTo(address);
        dialer.Hurry();
        var began = time.GetTimestamp();
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            if (Find(dialer.Peer) is { } session)
            {
                return new MeshAddition.Standing(session);
            }

            if (dialer.Refusal is { } refusal)
            {
                await ForgetAsync(dialer);
                return new MeshAddition.Failed(refusal);
            }
        } while (time.GetElapsedTime(began) < timeout && await timer.WaitForNextTickAsync(cancellation));

        return new MeshAddition.Late();
    }

    /// <summary>Ends the session with a peer, and every attempt at another one.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DropAsync(ulong peer)
    {
        var session = Find(peer);
        foreach (var dialer in _dialers.Values.Where(dialer => dialer.Peer == peer))
        {
            await ForgetAsync(dialer);
        }

        if (session is null)
        {
            return false;
        }

        session.Dispose();
        await session.WaitForEndAsync(_end.Token);
        return true;
    }

    /// <summary>Makes a session of a connection.</summary>
    /// <exception cref="InvalidDataException">The peer is no mesh, or ourselves.</exception>
    public async Task<MeshSession> GreetAsync(TcpClient client, bool isOurs, CancellationToken cancellation)
    {
        if (arguments.RefuseSessions)
        {
            throw new InvalidDataException("sessions are refused, as asked");
        }

        client.NoDelay = true;
        var peer = await MeshHello.ExchangeAsync(client.GetStream(), Own, cancellation);
        return peer != Own
            ? new(client, peer, isOurs, new(arguments.PingInterval, arguments.IdleTimeout), time)
            : throw new InvalidDataException($"that is this node itself, {Own}");
    }

    /// <summary>Keeps a session among ours until it ends. One that loses against another with the same peer is closed, and that one waited for.</summary>
    public async Task HoldAsync(MeshSession session, CancellationToken cancellation)
    {
        if (Admit(session) is { } other)
        {
            session.Dispose();
            await other.WaitForEndAsync(cancellation);
            return;
        }

        await session.RunAsync();
        lock (_lock)
        {
            if (_sessions.GetValueOrDefault(session.Peer) == session)
            {
                _sessions.Remove(session.Peer);
                Epoch++;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener?.Dispose();
        foreach (var dialer in _dialers.Values)
        {
            await dialer.DisposeAsync();
        }

        foreach (var session in List())
        {
            session.Dispose();
        }

        await Task.WhenAll(_guests.Keys);
        await _work.WaitAsync(MeshTimings.Handshake, time);
    }

    /// <summary>Takes a session among ours, or returns the one that stays in its place.</summary>
    private MeshSession? Admit(MeshSession session)
    {
        lock (_lock)
        {
            var present = _sessions.GetValueOrDefault(session.Peer);

            // When both sides dial at the same moment, both keep what the lower node dialled. Who dials again has lost the first.
            var lowerIsOurs = Own < session.Peer;
            if (present is not null && present.IsOurs != session.IsOurs && session.IsOurs != lowerIsOurs)
            {
                return present;
            }

            present?.Dispose();
            _sessions[session.Peer] = session;
            Epoch++;
            return null;
        }
    }

    private MeshDialer DialerTo(IPEndPoint address)
    {
        var fresh = new MeshDialer(address, this, time);
        var dialer = _dialers.GetOrAdd(address, fresh);
        if (dialer == fresh)
        {
            dialer.Start();
        }

        return dialer;
    }

    private async Task ForgetAsync(MeshDialer dialer)
    {
        _dialers.TryRemove(KeyValuePair.Create(dialer.Address, dialer));
        await dialer.DisposeAsync();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                var guest = WelcomeAsync(await listener.AcceptTcpClientAsync(_end.Token));
                _guests[guest] = 0;
                _ = guest.ContinueWith(done => _guests.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception failure)
            when (failure is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The end of the process.
        }
    }

    private async Task WelcomeAsync(TcpClient client)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            limit.CancelAfter(MeshTimings.Handshake);
            await HoldAsync(await GreetAsync(client, isOurs: false, limit.Token), _end.Token);
        }
        catch (Exception failure)
            when (failure is SocketException or IOException or InvalidDataException or OperationCanceledException)
        {
            // A stranger, or one that thought better of it.
            client.Dispose();
        }
    }

    private async Task ForgetOftenAsync()
    {
        if (arguments.DropSessionsEvery is not { } every)
        {
            return;
        }

        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                foreach (var session in List())
                {
                    await DropAsync(session.Peer);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the process.
        }
    }
}
