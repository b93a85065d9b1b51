using System.Globalization;
using Redb.Abstractions.Mesh;

namespace Redb.Grains.Tests.Mesh;

/// <summary>Mesh nodes in a word: node 7 is that of group <c>g7</c> on host <c>h7</c>.</summary>
internal static class Nodes
{
    public static MeshNode Ready(ulong id, long run = 1) =>
        new()
        {
            NodeId = id,
            Host = string.Create(CultureInfo.InvariantCulture, $"h{id}"),
            Group = string.Create(CultureInfo.InvariantCulture, $"g{id}"),
            Address = string.Create(CultureInfo.InvariantCulture, $"10.0.0.{id}:10001"),
            State = MeshNodeState.Ready,
            Run = run,
        };

    public static MeshNode Claimed(ulong id, long run = 0) => Ready(id, run) with { State = MeshNodeState.Claimed };
}
