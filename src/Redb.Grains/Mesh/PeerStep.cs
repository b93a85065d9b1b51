using System.Collections.Immutable;
using Redb.Abstractions.Mesh;

namespace Redb.Grains.Mesh;

/// <summary>The outcome of news: what to remember, which nodes came or changed, which left, and whether something in between was missed.</summary>
internal readonly record struct PeerStep(
    PeerState State,
    ImmutableArray<MeshNode> Changed,
    ImmutableArray<ulong> Left,
    bool HasGap
);
