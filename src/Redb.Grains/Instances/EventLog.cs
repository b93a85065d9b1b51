using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;

namespace Redb.Grains.Instances;

/// <summary>The last events of a group, numbered from 1; older ones fall out.</summary>
internal sealed class EventLog
{
    /// <summary>So many events are kept: a day of a group that restarts something every minute and a half.</summary>
    public const int Capacity = 1000;

    private readonly Queue<SupervisorEvent> _events = new(Capacity);

    /// <summary>Number of the newest event; 0 before the first.</summary>
    public long Last { get; private set; }

    public void Add(
        DateTimeOffset at,
        string service,
        EventKind kind,
        string message,
        ServicePhase? phase = null,
        long run = 0,
        string detail = ""
    )
    {
        if (_events.Count == Capacity)
        {
            _events.Dequeue();
        }

        _events.Enqueue(new(++Last, at, service, kind, message, phase, run, detail));
    }

    /// <summary>Events with a higher number, oldest first; a gap before the first of them means that a reader was too slow.</summary>
    public ImmutableArray<SupervisorEvent> After(long sequence) => [.. _events.Where(e => e.Sequence > sequence)];
}
