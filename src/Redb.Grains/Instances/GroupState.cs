using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Mesh;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>Everything the supervisor remembers to decide about one group.</summary>
internal sealed record GroupState
{
    public Wanted Wanted { get; init; } = Wanted.Down;

    public GroupPhase Phase { get; init; } = GroupPhase.Stopped;

    /// <summary>Why it is in its phase, for people.</summary>
    public string Reason { get; init; } = "";

    public Moment Since { get; init; }

    /// <summary>Whether it was ready since it was last started: from then on a service that comes and goes degrades it.</summary>
    public bool WasReady { get; init; }

    public ImmutableDictionary<string, ServiceFacts> Services { get; init; } =
        ImmutableDictionary<string, ServiceFacts>.Empty;

    /// <summary>What the group's mesh node means for it.</summary>
    public MeshStanding Mesh { get; init; } = MeshStanding.Fine;

    /// <summary>Follows from <see cref="Services"/>: whoever changes them changes it.</summary>
    public required GroupStanding Standing { get; init; }
}
