using System.Collections.Concurrent;
using Redb.Grains.Mesh;

namespace Redb.Benchmarks.Mesh;

/// <summary>The mesh services of all groups: pretended, with sessions as both sides see them, and with a note of who asked for one with whom and when.</summary>
internal sealed class PretendedMeshes(TimeProvider time) : IMeshControl, ICoreMesh
{
    private readonly ConcurrentDictionary<string, ulong> _nodes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ulong, ConcurrentDictionary<ulong, byte>> _sessions = new();
    private volatile ConcurrentDictionary<ulong, long> _asked = new();
    private ulong _watched;

    /// <summary>A mesh service at an endpoint, with its port for peers at an address.</summary>
    public void Put(string endpoint, string address, ulong node)
    {
        _nodes[endpoint] = node;
        _nodes[address] = node;
        _sessions[node] = new();
    }

    /// <summary>The sessions there are, each counted once.</summary>
    public int Count => _sessions.Values.Sum(peers => peers.Count) / 2;

    /// <summary>Notes from now on who asks for a session with this node, and ends those that it has, as a restart of it does.</summary>
    public void Watch(ulong node)
    {
        _asked = new();
        Volatile.Write(ref _watched, node);
        foreach (var peer in _sessions[node].Keys)
        {
            _sessions[peer].TryRemove(node, out _);
        }

        _sessions[node].Clear();
    }

    /// <summary>When each node first asked for a session with the one that is watched, in ticks of the clock.</summary>
    public ICollection<long> Asked => _asked.Values;

    public Task<MeshReply<ulong>> IdentifyAsync(string endpoint, CancellationToken cancellation) =>
        Task.FromResult<MeshReply<ulong>>(new MeshReply<ulong>.Answered(_nodes[endpoint]));

    public Task<MeshReply<IReadOnlyCollection<ulong>>> ListAsync(string endpoint, CancellationToken cancellation) =>
        Task.FromResult<MeshReply<IReadOnlyCollection<ulong>>>(
            new MeshReply<IReadOnlyCollection<ulong>>.Answered([.. _sessions[_nodes[endpoint]].Keys])
        );

    public async Task<AddResult> AddAsync(
        string endpoint,
        string address,
        TimeSpan timeout,
        CancellationToken cancellation
    )
    {
        await Task.Yield();
        var (node, peer) = (_nodes[endpoint], _nodes[address]);
        if (peer == Volatile.Read(ref _watched))
        {
            _asked.TryAdd(node, time.GetTimestamp());
        }

        _sessions[node][peer] = 0;
        _sessions[peer][node] = 0;
        return new AddResult.Connected(peer);
    }

    public Task<MeshReply<bool>> DropAsync(string endpoint, ulong node, CancellationToken cancellation)
    {
        var own = _nodes[endpoint];
        _sessions[own].TryRemove(node, out _);
        var was = _sessions[node].TryRemove(own, out _);
        return Task.FromResult<MeshReply<bool>>(new MeshReply<bool>.Answered(was));
    }

    public Task<MeshReply<MeshMembership>> GetMembershipAsync(string endpoint, CancellationToken cancellation) =>
        Task.FromResult<MeshReply<MeshMembership>>(new MeshReply<MeshMembership>.Answered(MeshMembership.Active));

    public Task<MeshReply<bool>> SeedAsync(string endpoint, string name, CancellationToken cancellation) =>
        Task.FromResult<MeshReply<bool>>(new MeshReply<bool>.Answered(Value: true));

    public Task<MeshReply<bool>> JoinAsync(string endpoint, string target, CancellationToken cancellation) =>
        Task.FromResult<MeshReply<bool>>(new MeshReply<bool>.Answered(Value: true));
}
