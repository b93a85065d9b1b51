using System.Collections.Concurrent;
using Redb.Grains.Mesh;

namespace Redb.Benchmarks.Hosts;

/// <summary>The mesh services of all groups: pretended, with sessions as both sides see them.</summary>
/// <param name="count">How many there are.</param>
internal sealed class PretendedMeshes(int count) : IMeshControl, ICoreMesh
{
    /// <summary>Id of the first node; the others follow it.</summary>
    public const ulong FirstNode = 9_007_199_254_740_993;

    private readonly Lock _turn = new();
    private readonly ConcurrentDictionary<string, int> _nodes = new(StringComparer.Ordinal);

    // A byte for each pair, so that what is pretended adds little to the memory that is measured.
    private readonly bool[,] _sessions = new bool[count, count];
    private int _count;

    /// <summary>The sessions there are, each counted once.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The sessions of everybody with everybody.</summary>
    public int Whole => count * (count - 1) / 2;

    /// <summary>A mesh service at an endpoint, with its port for peers at an address.</summary>
    public void Put(string endpoint, string address, int index) => (_nodes[endpoint], _nodes[address]) = (index, index);

    public Task<MeshReply<ulong>> IdentifyAsync(string endpoint, CancellationToken cancellation) =>
        Task.FromResult<MeshReply<ulong>>(new MeshReply<ulong>.Answered(FirstNode + (ulong)_nodes[endpoint]));

    public Task<MeshReply<IReadOnlyCollection<ulong>>> ListAsync(string endpoint, CancellationToken cancellation)
    {
        var node = _nodes[endpoint];
        lock (_turn)
        {
            var peers = Enumerable.Range(0, count).Where(peer => _sessions[node, peer]);
            return Task.FromResult<MeshReply<IReadOnlyCollection<ulong>>>(
                new MeshReply<IReadOnlyCollection<ulong>>.Answered([.. peers.Select(peer => FirstNode + (ulong)peer)])
            );
        }
    }

    public async Task<AddResult> AddAsync(
        string endpoint,
        string address,
        TimeSpan timeout,
        CancellationToken cancellation
    )
    {
        await Task.Yield();
        var (node, peer) = (_nodes[endpoint], _nodes[address]);
        lock (_turn)
        {
            Set(node, peer, stands: true);
        }

        return new AddResult.Connected(FirstNode + (ulong)peer);
    }

    public Task<MeshReply<bool>> DropAsync(string endpoint, ulong node, CancellationToken cancellation)
    {
        lock (_turn)
        {
            var was = Set(_nodes[endpoint], (int)(node - FirstNode), stands: false);
            return Task.FromResult<MeshReply<bool>>(new MeshReply<bool>.Answered(was));
        }
    }

    public Task<MeshReply<MeshMembership>> GetMembershipAsync(string endpoint, CancellationToken cancellation) =>
        Task.FromResult<MeshReply<MeshMembership>>(new MeshReply<MeshMembership>.Answered(MeshMembership.Active));

    public Task<MeshReply<bool>> SeedAsync(string endpoint, string name, CancellationToken cancellation) =>
        Task.FromResult<MeshReply<bool>>(new MeshReply<bool>.Answered(Value: true));

    public Task<MeshReply<bool>> JoinAsync(string endpoint, string target, CancellationToken cancellation) =>
        Task.FromResult<MeshReply<bool>>(new MeshReply<bool>.Answered(Value: true));

    // Returns whether it was something else before.
    private bool Set(int node, int peer, bool stands)
    {
        if (_sessions[node, peer] == stands)
        {
            return false;
        }

        _sessions[node, peer] = _sessions[peer, node] = stands;
        _count += stands ? 1 : -1;
        return true;
    }
}
