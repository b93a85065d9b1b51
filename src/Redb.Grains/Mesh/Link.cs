using Redb.Abstractions.Mesh;
using Redb.Grains.Services;

namespace Redb.Grains.Mesh;

/// <summary>What a mesh node remembers of its session with one peer.</summary>
internal sealed record Link(MeshNode Node, Moment Since)
{
    public MeshLinkPhase Phase { get; init; } = MeshLinkPhase.Waiting;

    /// <summary>Attempts that failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>When the next attempt is due, on the monotonic clock; says something only while it waits.</summary>
    public TimeSpan Due { get; init; }

    /// <summary>What is missing, for people.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether an attempt makes sense: nobody answers at a node that is not ready.</summary>
    public bool IsWanting => Phase == MeshLinkPhase.Waiting && Node.State == MeshNodeState.Ready;

    public MeshLinkView Show() => new(Node, Phase, Failures, Explain(), Since.Wall);

    private string Explain() =>
        Phase == MeshLinkPhase.Waiting && Node.State != MeshNodeState.Ready ? "the peer's mesh service is not ready"
        : Phase == MeshLinkPhase.Connected ? ""
        : Reason;
}
