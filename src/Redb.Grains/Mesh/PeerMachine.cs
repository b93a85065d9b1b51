using System.Collections.Immutable;
using Redb.Abstractions.Mesh;

namespace Redb.Grains.Mesh;

/// <summary>Keeps what a group knows of its mesh in step with the news, however they arrive. Pure.</summary>
internal static class PeerMachine
{
    /// <summary>Hears news: older ones change nothing, and a difference from something not known is a gap.</summary>
    public static PeerStep Hear(PeerState state, MeshNews news) =>
        news.IsWhole ? HearAll(state, news)
        : news.Epoch != state.Epoch ? new(state, [], [], HasGap: true)
        : news.To <= state.Revision ? Settled(state, [], [], news)
        : news.From > state.Revision ? new(state, [], [], HasGap: true)
        : HearDifference(state, news);

    private static PeerStep HearDifference(PeerState state, MeshNews news)
    {
        var nodes = state.Nodes.ToBuilder();
        foreach (var node in news.Nodes)
        {
            nodes[node.NodeId] = node;
        }

        nodes.RemoveRange(news.Left);
        var heard = state with
        {
            Revision = news.To,
            Nodes = nodes.ToImmutable(),
            Unconfirmed = state.Unconfirmed.Except(news.Nodes.Select(node => node.NodeId)).Except(news.Left),
        };
        return Settled(heard, news.Nodes, [.. news.Left.Where(state.Nodes.ContainsKey)], news);
    }

    private static PeerStep HearAll(PeerState state, MeshNews news)
    {
        if (news.Epoch == state.Epoch && news.To < state.Revision)
        {
            return new(state, [], [], HasGap: false);
        }

        var told = news.Nodes.ToImmutableDictionary(node => node.NodeId);
        var missing = state.Nodes.Keys.Where(node => !told.ContainsKey(node)).ToImmutableHashSet();

        // Within an epoch a node that is not named has left. A new epoch begins with nobody.
        var unconfirmed = news.Epoch == state.Epoch ? missing.Intersect(state.Unconfirmed) : missing;
        var left = missing.Except(unconfirmed);
        var heard = new PeerState
        {
            Epoch = news.Epoch,
            Revision = news.To,
            Nodes = told.AddRange(unconfirmed.Select(node => KeyValuePair.Create(node, state.Nodes[node]))),
            Unconfirmed = unconfirmed,
        };
        var changed = news.Nodes.Where(node => state.Nodes.GetValueOrDefault(node.NodeId) != node);
        return Settled(heard, [.. changed], [.. left], news);
    }

    // Once everybody has had the time to speak, who has not is gone.
    private static PeerStep Settled(
        PeerState state,
        ImmutableArray<MeshNode> changed,
        ImmutableArray<ulong> left,
        MeshNews news
    )
    {
        if (!news.IsSettled || state.Unconfirmed.IsEmpty)
        {
            return new(state, changed, left, HasGap: false);
        }

        return new(
            state with
            {
                Nodes = state.Nodes.RemoveRange(state.Unconfirmed),
                Unconfirmed = [],
            },
            changed,
            [.. left, .. state.Unconfirmed],
            HasGap: false
        );
    }
}
