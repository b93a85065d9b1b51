using Redb.Abstractions.Instances;
using Redb.Grains.Journal;

namespace Redb.Silo.Journal;

/// <summary>The last memory of every service and group: what the file must say once it can be written again.</summary>
internal sealed class PresentState
{
    private readonly Dictionary<(string Group, string Service), ServiceMemory> _services;
    private readonly Dictionary<string, GroupMemory> _groups;

    public PresentState(Recalled recalled)
    {
        _services = new(recalled.Services);
        _groups = new(recalled.Groups, StringComparer.Ordinal);
    }

    /// <summary>Takes an entry in, and hands on what it changes.</summary>
    public void Take(JournalEntry entry, JournalBatch batch)
    {
        switch (entry)
        {
            case JournalEntry.OfService service:
                Take(service.Service, service.Memory, batch);
                break;
            case JournalEntry.OfGroup group:
                Take(group.Group.Group, group.Memory, batch);
                break;
            default:
                // Events alone.
                break;
        }

        foreach (var happened in entry.Events)
        {
            batch.Add(entry.Group.Group, happened);
        }
    }

    /// <summary>Hands on everything.</summary>
    public void CopyTo(JournalBatch batch)
    {
        foreach (var (key, memory) in _services)
        {
            batch.Add(key, memory);
        }

        foreach (var (group, memory) in _groups)
        {
            batch.Add(group, memory);
        }
    }

    private void Take(ServiceKey service, ServiceMemory memory, JournalBatch batch)
    {
        var key = (service.Group, service.Service);
        foreach (var row in RunHistory.Changes(_services.GetValueOrDefault(key), memory))
        {
            batch.Add((service.Group, service.Service, row.Run), row);
        }

        _services[key] = memory;
        batch.Add(key, memory);
    }

    private void Take(string group, GroupMemory memory, JournalBatch batch)
    {
        _groups[group] = _groups.TryGetValue(group, out var earlier) ? JournalBatch.Merge(earlier, memory) : memory;
        batch.Add(group, memory);
    }
}
