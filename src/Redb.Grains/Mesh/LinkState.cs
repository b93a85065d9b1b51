using System.Collections.Immutable;

namespace Redb.Grains.Mesh;

/// <summary>Everything a mesh node remembers of its sessions.</summary>
internal sealed record LinkState
{
    /// <summary>The node itself; 0 before it is known.</summary>
    public ulong Own { get; init; }

    /// <summary>The run of the mesh service that can be asked; 0 for none.</summary>
    public long Run { get; init; }

    public ImmutableDictionary<ulong, Link> Links { get; init; } = ImmutableDictionary<ulong, Link>.Empty;

    /// <summary>The links that want an attempt, the earliest first.</summary>
    public ImmutableSortedSet<(TimeSpan Due, ulong Node)> Agenda { get; init; } = [];

    /// <summary>Attempts under way.</summary>
    public ImmutableHashSet<ulong> InFlight { get; init; } = [];

    /// <summary>Nodes that left, with whom there may still be a session.</summary>
    public ImmutableHashSet<ulong> Leftovers { get; init; } = [];

    /// <summary>Sessions that were seen with nodes that are no peers.</summary>
    public ImmutableHashSet<ulong> Others { get; init; } = [];

    /// <summary>How many links are connected.</summary>
    public int Connected { get; init; }

    /// <summary>When to look at the sessions again, on the monotonic clock.</summary>
    public TimeSpan VerifyDue { get; init; }

    public bool IsVerifying { get; init; }

    /// <summary>Whether this run's sessions have been looked at, or it would not say: before that nothing is known to be missing.</summary>
    public bool IsKnown { get; init; }
}
