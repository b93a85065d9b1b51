using System.Collections.Concurrent;
using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;

namespace Redb.Grains.Tests.Grains;

/// <summary>A journal in memory that a test reads, and that a second life of the group may begin with.</summary>
internal sealed class FakeJournal : IJournal
{
    private readonly ConcurrentDictionary<ServiceKey, ServiceMemory> _services = new();
    private readonly ConcurrentDictionary<GroupKey, GroupMemory> _groups = new();
    private readonly ConcurrentQueue<SupervisorEvent> _events = new();
    private readonly ConcurrentQueue<JournalEntry.OfService> _written = new();

    /// <summary>What an earlier life left behind.</summary>
    public FakeJournal? Predecessor { get; init; }

    public string Trouble { get; set; } = "";

    public ServiceMemory? Recall(ServiceKey service) => Predecessor?._services.GetValueOrDefault(service);

    public GroupMemory? Recall(GroupKey group) => Predecessor?._groups.GetValueOrDefault(group);

    public ImmutableArray<SupervisorEvent> RecallEvents(GroupKey group, int count) =>
        [.. Predecessor?._events.TakeLast(count) ?? []];

    public Task<ImmutableArray<SupervisorEvent>> ReadEventsAsync(GroupKey group, long before, int count) =>
        Task.FromResult<ImmutableArray<SupervisorEvent>>([
            .. (Predecessor?._events ?? []).Concat(_events).Where(item => item.Sequence < before).TakeLast(count),
        ]);

    /// <summary>What was last written of a service.</summary>
    public ServiceMemory? Written(ServiceKey service) => _services.GetValueOrDefault(service);

    /// <summary>All that was written of a service, in order: a kill may leave any beginning of it.</summary>
    public IEnumerable<ServiceMemory> History(ServiceKey service) =>
        _written.Where(entry => entry.Service == service).Select(entry => entry.Memory);

    public void Write(JournalEntry entry)
    {
        foreach (var item in entry.Events)
        {
            _events.Enqueue(item);
        }

        switch (entry)
        {
            case JournalEntry.OfService service:
                _services[service.Service] = service.Memory;
                _written.Enqueue(service);
                break;
            case JournalEntry.OfGroup group:
                _groups.AddOrUpdate(
                    group.Group,
                    group.Memory,
                    (_, old) => group.Memory with { Members = old.Members.SetItems(group.Memory.Members) }
                );
                break;
        }
    }

    public ValueTask FlushAsync() => default;
}
