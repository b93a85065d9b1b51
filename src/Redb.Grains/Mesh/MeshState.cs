using System.Collections.Immutable;
using Redb.Grains.Services;

namespace Redb.Grains.Mesh;

/// <summary>Everything a mesh remembers of its nodes; lost with its silo, and told again by the groups.</summary>
internal sealed record MeshState
{
    /// <summary>Names this life of the record; not 0.</summary>
    public required long Epoch { get; init; }

    /// <summary>When the epoch began.</summary>
    public required Moment Since { get; init; }

    /// <summary>How long a new epoch waits for groups before it takes silence for absence: the longest lease that was asked for. Default 1 s, before anybody has.</summary>
    public TimeSpan SettlesAfter { get; init; } = TimeSpan.FromSeconds(1);

    public long Revision { get; init; }

    /// <summary>The nodes by the key of their group.</summary>
    public ImmutableDictionary<string, MeshMember> Members { get; init; } =
        ImmutableDictionary<string, MeshMember>.Empty;

    /// <summary>The group that holds an id.</summary>
    public ImmutableDictionary<ulong, string> ByNode { get; init; } = ImmutableDictionary<ulong, string>.Empty;

    /// <summary>The group that holds an address.</summary>
    public ImmutableDictionary<string, string> ByAddress { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Groups that were refused.</summary>
    public ImmutableDictionary<string, MeshRefusal> Refusals { get; init; } =
        ImmutableDictionary<string, MeshRefusal>.Empty;

    /// <summary>The last changes, oldest first, without a gap up to <see cref="Revision"/>.</summary>
    public ImmutableQueue<MeshChange> Changes { get; init; } = [];

    /// <summary>How many <see cref="Changes"/> there are.</summary>
    public int ChangeCount { get; init; }

    /// <summary>The group that was told to seed.</summary>
    public string Seeder { get; init; } = "";

    /// <summary>Until when nobody else is told to, on the monotonic clock.</summary>
    public TimeSpan SeedsUntil { get; init; }

    public static MeshState Begin(long epoch, Moment now) => new() { Epoch = epoch, Since = now };
}
