using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Mesh;

namespace Redb.Grains.Mesh;

/// <summary>
/// The peers of each group of this host as its services are told them. Shared by the grains of a group and safe across threads: in a large mesh the
/// text is long, and one is enough for all services.
/// </summary>
internal sealed class PeerSettings
{
    private readonly ConcurrentDictionary<GroupKey, Lazy<string>> _texts = new();

    /// <summary>The peers of a group: <c>ID@IP:PORT</c> in the order of their ids, separated by commas; empty for none.</summary>
    public string Of(GroupKey group) => _texts.TryGetValue(group, out var text) ? text.Value : "";

    /// <summary>The peers are these from now on. They are put into words when somebody asks.</summary>
    public void Set(GroupKey group, ImmutableDictionary<ulong, MeshNode> nodes, ulong own) =>
        _texts[group] = new(() => Describe(nodes, own));

    private static string Describe(ImmutableDictionary<ulong, MeshNode> nodes, ulong own) =>
        string.Join(
            ',',
            nodes
                .Values.Where(node => node.NodeId != own && node.State != MeshNodeState.Claimed)
                .OrderBy(node => node.NodeId)
                .Select(node => string.Create(CultureInfo.InvariantCulture, $"{node.NodeId}@{node.Address}"))
        );
}
