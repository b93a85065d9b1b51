using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;

namespace Redb.Grains.Journal;

/// <summary>What a group's grain remembers across supervisors.</summary>
internal sealed record GroupMemory
{
    /// <summary>What is wanted of the group as a whole.</summary>
    public Wanted Wanted { get; init; }

    /// <summary>Whether it was ready since it was last started.</summary>
    public bool WasReady { get; init; }

    /// <summary>Whether the supervisor was asked to end and to stop its groups: its successor begins anew, as configured.</summary>
    public bool IsEnding { get; init; }

    /// <summary>Set while its host is cordoned.</summary>
    public Cordon? Cordon { get; init; }

    /// <summary>By name of service: what is wanted of it.</summary>
    public ImmutableDictionary<string, MemberMemory> Members { get; init; } =
        ImmutableDictionary<string, MemberMemory>.Empty;
}
