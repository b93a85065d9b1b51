using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;

namespace Redb.Grains.Journal;

/// <summary>One indivisible piece of news for the journal.</summary>
/// <param name="Group">The group it belongs to.</param>
/// <param name="Events">What people are told about it; in the file together with the rest or not at all, so that nothing is told twice.</param>
internal abstract record JournalEntry(GroupKey Group, ImmutableArray<SupervisorEvent> Events)
{
    /// <summary>A service is as it is now.</summary>
    /// <param name="Service">The service.</param>
    /// <param name="Memory">Replaces what was written of it before.</param>
    /// <param name="Events">What happened to bring it there; may be empty.</param>
    public sealed record OfService(ServiceKey Service, ServiceMemory Memory, ImmutableArray<SupervisorEvent> Events)
        : JournalEntry(Service.ToGroup(), Events);

    /// <summary>A group wants something else, of itself or of some of its services.</summary>
    /// <param name="Group">The group.</param>
    /// <param name="Memory">Replaces what was written of it before; members that it does not name stay as they were.</param>
    public sealed record OfGroup(GroupKey Group, GroupMemory Memory) : JournalEntry(Group, []);

    /// <summary>Something happened that changes nothing else.</summary>
    public sealed record OfEvent(GroupKey Group, SupervisorEvent Event) : JournalEntry(Group, [Event]);
}
