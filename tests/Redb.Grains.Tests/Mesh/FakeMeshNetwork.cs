using System.Collections.Concurrent;
using Redb.Grains.Mesh;

namespace Redb.Grains.Tests.Mesh;

/// <summary>The mesh services of all hosts and the sessions between them: pretended, but each side sees what the other one does.</summary>
internal sealed class FakeMeshNetwork : IMeshControl, ICoreMesh
{
    private readonly Lock _lock = new();
    private readonly HashSet<(ulong, ulong)> _sessions = [];
    private readonly Dictionary<string, ulong> _byEndpoint = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong> _byAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, MeshMembership> _cores = [];

    /// <summary>Nodes whose mesh service is asked in vain.</summary>
    public ConcurrentDictionary<ulong, string> Mute { get; } = new();

    /// <summary>What was dropped by word of a supervisor: who asked, and with whom the session was.</summary>
    public ConcurrentQueue<(ulong Node, ulong Peer)> Drops { get; } = new();

    /// <summary>Seedings and joins in their order: <c>seed 1</c>, <c>join 2 at 127.0.0.1:10001</c>.</summary>
    public ConcurrentQueue<string> Entries { get; } = new();

    /// <summary>A mesh service there is from now on, and its core a little further up.</summary>
    public void Put(string endpoint, string core, string address, ulong node)
    {
        lock (_lock)
        {
            (_byEndpoint[endpoint], _byEndpoint[core], _byAddress[address]) = (node, node, node);
            _cores[node] = MeshMembership.Clean;
        }
    }

    /// <summary>Ends every session of a node, as its death does.</summary>
    public void Lose(ulong node)
    {
        lock (_lock)
        {
            _sessions.RemoveWhere(pair => pair.Item1 == node || pair.Item2 == node);
        }
    }

    /// <summary>The nodes that a node has sessions with, in order.</summary>
    public IReadOnlyList<ulong> PeersOf(ulong node)
    {
        lock (_lock)
        {
            return
            [
                .. _sessions
                    .Where(pair => pair.Item1 == node || pair.Item2 == node)
                    .Select(pair => pair.Item1 == node ? pair.Item2 : pair.Item1)
                    .Order(),
            ];
        }
    }

    public Task<MeshReply<ulong>> IdentifyAsync(string endpoint, CancellationToken cancellation) =>
        Answer(endpoint, node => node);

    public Task<MeshReply<IReadOnlyCollection<ulong>>> ListAsync(string endpoint, CancellationToken cancellation) =>
        Answer<IReadOnlyCollection<ulong>>(endpoint, PeersOf);

    public async Task<AddResult> AddAsync(
        string endpoint,
        string address,
        TimeSpan timeout,
        CancellationToken cancellation
    )
    {
        await Task.Yield();
        lock (_lock)
        {
            var node = _byEndpoint[endpoint];
            if (Mute.ContainsKey(node) || !_byAddress.TryGetValue(address, out var peer) || Mute.ContainsKey(peer))
            {
                return new AddResult.Failed($"{address} refused the connection");
            }

            _sessions.Add((Math.Min(node, peer), Math.Max(node, peer)));
            return new AddResult.Connected(peer);
        }
    }

    public Task<MeshReply<bool>> DropAsync(string endpoint, ulong node, CancellationToken cancellation) =>
        Answer(
            endpoint,
            own =>
            {
                Drops.Enqueue((own, node));
                lock (_lock)
                {
                    return _sessions.Remove((Math.Min(own, node), Math.Max(own, node)));
                }
            }
        );

    public Task<MeshReply<MeshMembership>> GetMembershipAsync(string endpoint, CancellationToken cancellation) =>
        Answer(endpoint, node => _cores[node]);

    public Task<MeshReply<bool>> SeedAsync(string endpoint, string name, CancellationToken cancellation) =>
        Answer(endpoint, node => Enter(node, $"seed {node}"));

    public Task<MeshReply<bool>> JoinAsync(string endpoint, string target, CancellationToken cancellation) =>
        Answer(endpoint, node => Enter(node, $"join {node} at {target}"));

    private bool Enter(ulong node, string entry)
    {
        Entries.Enqueue(entry);
        lock (_lock)
        {
            _cores[node] = MeshMembership.Active;
        }

        return true;
    }

    private async Task<MeshReply<T>> Answer<T>(string endpoint, Func<ulong, T> answer)
    {
        await Task.Yield();
        ulong node;
        lock (_lock)
        {
            node = _byEndpoint[endpoint];
        }

        return Mute.TryGetValue(node, out var reason)
            ? new MeshReply<T>.Failed(reason)
            : new MeshReply<T>.Answered(answer(node));
    }
}
