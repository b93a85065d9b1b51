using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;

namespace Redb.Silo.Journal;

/// <summary>Remembers nothing.</summary>
internal sealed class NoJournal : IJournal
{
    public string Trouble => "";

    public ServiceMemory? Recall(ServiceKey service) => null;

    public GroupMemory? Recall(GroupKey group) => null;

    public ImmutableArray<SupervisorEvent> RecallEvents(GroupKey group, int count) => [];

    public void Write(JournalEntry entry) { }

    public ValueTask FlushAsync() => default;
}
