using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Redb.Abstractions.Instances;
using Redb.Grains.Journal;

namespace Redb.Grains.Instances;

/// <summary>The event logs of the groups of this host.</summary>
internal sealed class EventLogs(IJournal journal, ILogger<EventLog> logger)
{
    private readonly ConcurrentDictionary<GroupKey, Lazy<EventLog>> _logs = new();

    public EventLog Of(GroupKey group) =>
        _logs.GetOrAdd(group, key => new(() => new EventLog(key, journal, logger))).Value;
}
