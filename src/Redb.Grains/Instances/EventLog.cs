using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>
/// The one place where what happens in a group is said: it is numbered, kept for readers, journaled and logged. Shared by the grains
/// of the group and safe across threads.
/// </summary>
internal sealed partial class EventLog
{
    /// <summary>So many events are kept in memory: a day of a group that restarts something every minute and a half.</summary>
    public const int Capacity = 1000;

    private readonly Lock _lock = new();
    private readonly GroupKey _group;
    private readonly IJournal _journal;
    private readonly ILogger _logger;
    private readonly Queue<SupervisorEvent> _events;
    private readonly ChangeSignal _changed = new();
    private long _last;

    /// <summary>Goes on where an earlier supervisor stopped.</summary>
    public EventLog(GroupKey group, IJournal journal, ILogger logger)
    {
        (_group, _journal, _logger) = (group, journal, logger);
        var earlier = journal.RecallEvents(group, Capacity);
        _events = new(earlier);
        _last = earlier.IsEmpty ? 0 : earlier[^1].Sequence;
    }

    /// <summary>Number of the newest event; 0 before the first.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Completes at the next event.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "It is completed by an event, which waits for nobody.")]
    public Task Next => _changed.Next;

    /// <summary>Something happened that changes nothing else.</summary>
    /// <param name="news">What; its service is empty for the group as a whole.</param>
    /// <param name="level">How much attention it wants; null for what its kind says.</param>
    public void Tell(ServiceNews news, LogLevel? level = null)
    {
        lock (_lock)
        {
            _journal.Write(new JournalEntry.OfEvent(_group, Number(news)));
        }

        Publish(news, level);
    }

    /// <summary>A service is as it is now; <paramref name="news"/> says what brought it there. Both are journaled together or not at all.</summary>
    public void Remember(ServiceKey service, ServiceMemory memory, ImmutableArray<ServiceNews> news)
    {
        lock (_lock)
        {
            _journal.Write(new JournalEntry.OfService(service, memory, [.. news.Select(Number)]));
        }

        foreach (var item in news)
        {
            Publish(item, null);
        }
    }

    /// <summary>Events with a higher number, oldest first; a gap before the first of them means that a reader was too slow.</summary>
    public ImmutableArray<SupervisorEvent> After(long sequence)
    {
        lock (_lock)
        {
            return [.. _events.Where(item => item.Sequence > sequence)];
        }
    }

    // Under the lock: the journal gets events in the order of their numbers.
    private SupervisorEvent Number(ServiceNews news)
    {
        if (_events.Count == Capacity)
        {
            _events.Dequeue();
        }

        var phase = news.Service.Length > 0 ? news.Phase : (ServicePhase?)null;
        var item = new SupervisorEvent(
            ++_last,
            news.At,
            news.Service,
            news.Kind,
            news.Message,
            phase,
            news.Run,
            news.Detail
        );
        _events.Enqueue(item);
        return item;
    }

    private void Publish(ServiceNews news, LogLevel? level)
    {
        var told = level ?? LevelOf(news.Kind, news.Phase);
        var name = news.Service.Length > 0 ? news.Service : _group.Group;
        LogNews(told, name, news.Message);
        _changed.Raise();
    }

    private static LogLevel LevelOf(EventKind kind, ServicePhase phase) =>
        (kind, phase) switch
        {
            (EventKind.PhaseChanged, ServicePhase.Failed or ServicePhase.CrashLoop) => LogLevel.Error,
            (EventKind.PhaseChanged, ServicePhase.Unhealthy or ServicePhase.BackingOff) => LogLevel.Warning,
            (EventKind.LaunchFailed or EventKind.Warning, _) => LogLevel.Warning,
            _ => LogLevel.Information,
        };

    [LoggerMessage(EventId = 1101, Message = "{Service}: {News}")]
    private partial void LogNews(LogLevel level, string service, string news);
}
