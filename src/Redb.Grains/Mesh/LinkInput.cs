using System.Collections.Immutable;
using Redb.Abstractions.Mesh;

namespace Redb.Grains.Mesh;

/// <summary>Something that matters to the sessions of one mesh node.</summary>
internal abstract record LinkInput
{
    private LinkInput() { }

    /// <summary>The mesh service can be asked; a run not seen before has no sessions that we know of.</summary>
    public sealed record Up(long Run, ulong Own) : LinkInput;

    /// <summary>The mesh service cannot be asked.</summary>
    public sealed record Down : LinkInput;

    /// <summary>Peers came, changed or left.</summary>
    public sealed record PeersChanged(ImmutableArray<MeshNode> Nodes, ImmutableArray<ulong> Left) : LinkInput;

    /// <summary>An attempt at a session ended.</summary>
    public sealed record Attempted(long Run, ulong Node, AddResult Result) : LinkInput;

    /// <summary>These sessions there are.</summary>
    /// <param name="Run">The run that was asked.</param>
    /// <param name="AskedAt">When it was asked, on the monotonic clock: what was made since may be missing.</param>
    /// <param name="Peers">With whom.</param>
    public sealed record Seen(long Run, TimeSpan AskedAt, IReadOnlySet<ulong> Peers) : LinkInput;

    /// <summary>The mesh service would not say.</summary>
    public sealed record NotSeen(long Run) : LinkInput;

    /// <summary>Time has passed.</summary>
    public sealed record Ticked : LinkInput;
}
