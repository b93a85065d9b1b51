using System.Collections.Immutable;
using Redb.Abstractions.Instances;

namespace Redb.Grains.Hosts;

/// <summary>What a directory knows of one silo.</summary>
[GenerateSerializer, Immutable]
internal sealed record HostRecord
{
    /// <summary>The groups of a silo that has not said anything.</summary>
    public static ImmutableSortedDictionary<string, GroupView> NoGroups { get; } =
        ImmutableSortedDictionary.Create<string, GroupView>(StringComparer.Ordinal);

    /// <summary>Name of the silo.</summary>
    [Id(0)]
    public required string Silo { get; init; }

    /// <summary>Which life of it.</summary>
    [Id(1)]
    public long Generation { get; init; }

    /// <summary>What was heard up to; 0 for nothing.</summary>
    [Id(2)]
    public long Revision { get; init; }

    [Id(3)]
    public required HostFacts Facts { get; init; }

    /// <summary>Its groups by their ids, as last heard.</summary>
    [Id(4)]
    public ImmutableSortedDictionary<string, GroupView> Groups { get; init; } = NoGroups;

    /// <summary>When it was last heard, by the wall's clock: for people, and across supervisors.</summary>
    [Id(5)]
    public DateTimeOffset HeardAt { get; init; }

    /// <summary>When it was last heard, by the monotonic clock of this process; means nothing to another one.</summary>
    [Id(6)]
    public TimeSpan Heard { get; init; }

    /// <summary>Whether the cluster has declared this life of it dead, or it ended.</summary>
    [Id(7)]
    public bool IsDead { get; init; }
}
