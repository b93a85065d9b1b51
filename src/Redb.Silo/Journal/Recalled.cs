using System.Collections.Immutable;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;

namespace Redb.Silo.Journal;

/// <summary>What stands in a journal when it is opened.</summary>
internal sealed record Recalled
{
    public static Recalled Nothing { get; } = new();

    public ImmutableDictionary<(string Group, string Service), ServiceMemory> Services { get; init; } =
        ImmutableDictionary<(string Group, string Service), ServiceMemory>.Empty;

    public ImmutableDictionary<string, GroupMemory> Groups { get; init; } =
        ImmutableDictionary<string, GroupMemory>.Empty;

    /// <summary>By group: the newest events, oldest first.</summary>
    public ImmutableDictionary<string, ImmutableArray<SupervisorEvent>> Events { get; init; } =
        ImmutableDictionary<string, ImmutableArray<SupervisorEvent>>.Empty;
}
