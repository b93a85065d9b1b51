using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;

namespace Redb.Grains.Journal;

/// <summary>What outlives the supervisor: a file in its data folder that a successor reads before it starts anything.</summary>
/// <remarks>
/// Entries are written in the order they were handed over, so what is found after a crash is always the beginning of what was told. A journal
/// that cannot write says so in <see cref="Trouble"/> and lets the supervisor go on from memory; it never throws and never
/// keeps a caller longer than its configured patience.
/// </remarks>
internal interface IJournal
{
    /// <summary>What the predecessor last wrote of a service; null when it wrote nothing. Does not change while the supervisor lives.</summary>
    ServiceMemory? Recall(ServiceKey service);

    /// <summary>What the predecessor last wrote of a group; null when it wrote nothing. Does not change while the supervisor lives.</summary>
    GroupMemory? Recall(GroupKey group);

    /// <summary>The newest events of a group from before this supervisor began, oldest first.</summary>
    /// <param name="group">The group.</param>
    /// <param name="count">How many at most; 1 or more.</param>
    ImmutableArray<SupervisorEvent> RecallEvents(GroupKey group, int count);

    /// <summary>Reads events from the file, beside the writer; older ones than are recalled, too.</summary>
    /// <param name="group">The group.</param>
    /// <param name="before">Only events with a lower sequence.</param>
    /// <param name="count">How many at most, 1 or more; the newest are taken.</param>
    /// <returns>The events, oldest first; none when the file cannot be read.</returns>
    Task<ImmutableArray<SupervisorEvent>> ReadEventsAsync(GroupKey group, long before, int count);

    /// <summary>Hands over an entry. Returns at once; an entry is written whole or not at all.</summary>
    void Write(JournalEntry entry);

    /// <summary>Completes when everything handed over so far is in the file, or cannot be brought there within the journal's patience.</summary>
    ValueTask FlushAsync();

    /// <summary>Why the journal does not write, a sentence for people; empty while it does.</summary>
    string Trouble { get; }
}
