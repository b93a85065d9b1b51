using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Logs;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Cli.Operations;

namespace Redb.Cli.Tests.Fakes;

/// <summary>A group that does what a test says; the fake grains only pass calls on to it.</summary>
public sealed class FakeGroup
{
    private readonly Lock _gate = new();
    private readonly List<LogLine> _lines = [];
    private readonly List<SupervisorEvent> _events = [];
    private readonly List<SupervisorEvent> _older = [];
    private TaskCompletionSource _changed = NewSignal();
    private GroupView _view;

    internal FakeGroup(string host, string id, params ReadOnlySpan<ServiceView> services) =>
        _view = new GroupView
        {
            Host = host,
            Group = id,
            Version = 1,
            Phase = GroupPhase.Ready,
            Endpoint = "127.0.0.1:50000",
            Services = [.. services],
        };

    internal GroupView View
    {
        get
        {
            lock (_gate)
            {
                return _view;
            }
        }
    }

    /// <summary>Completes when somebody watches the group or follows a log of it.</summary>
    internal TaskCompletionSource Watched { get; } = NewSignal();

    /// <summary>What was asked for, as <c>Start core,mesh</c>.</summary>
    internal List<string> Requests { get; } = [];

    /// <summary>What a request does to the services it names; nothing by default.</summary>
    internal Func<Change, ServiceView, ServiceView> OnRequest { get; set; } = static (_, service) => service;

    /// <summary>Makes the watchers' stream end, as a stopping supervisor does.</summary>
    internal bool EndsStreams { get; set; }

    /// <summary>Has happened so long ago that only the journal knows of it; oldest first.</summary>
    internal void HasHappened(SupervisorEvent happened)
    {
        lock (_gate)
        {
            _older.Add(happened);
        }
    }

    internal void Change(Func<GroupView, GroupView> change)
    {
        lock (_gate)
        {
            _view = change(_view) with { Version = _view.Version + 1 };
        }

        Signal();
    }

    internal void ChangeService(string name, Func<ServiceView, ServiceView> change) =>
        Change(view =>
            view with
            {
                Services =
                [
                    .. view.Services.Select(service =>
                        string.Equals(service.Name, name, StringComparison.Ordinal) ? change(service) : service
                    ),
                ],
            }
        );

    internal void Log(LogLine line)
    {
        lock (_gate)
        {
            _lines.Add(line);
        }

        Signal();
    }

    internal void Happen(SupervisorEvent happened)
    {
        lock (_gate)
        {
            _events.Add(happened);
        }

        Signal();
    }

    internal CommandResult Request(Change change, ImmutableArray<string> services, bool force = false)
    {
        var view = View;
        if (view.Cordon is not null && change != Redb.Cli.Operations.Change.Stop && !force)
        {
            return new([], [], [], view.Version, "the host is cordoned");
        }

        Requests.Add($"{change} {string.Join(',', services)}".TrimEnd());
        var meant = services.IsEmpty ? [.. view.Services.Select(service => service.Name)] : services;
        ImmutableArray<string> disabled =
        [
            .. view
                .Services.Where(service =>
                    meant.Contains(service.Name, StringComparer.Ordinal) && service.Phase == ServicePhase.Disabled
                )
                .Select(service => service.Name),
        ];
        ImmutableArray<string> accepted =
        [
            .. meant
                .Except(disabled, StringComparer.Ordinal)
                .Where(name => change != Redb.Cli.Operations.Change.Retry || IsInTrouble(view, name)),
        ];
        var wanted = change == Redb.Cli.Operations.Change.Stop ? Wanted.Down : Wanted.Up;
        Change(before =>
            before with
            {
                Services =
                [
                    .. before.Services.Select(service =>
                        accepted.Contains(service.Name, StringComparer.Ordinal)
                            ? OnRequest(change, service with { Wanted = wanted })
                            : service
                    ),
                ],
            }
        );
        return new(accepted, [], disabled, View.Version);
    }

    internal async IAsyncEnumerable<GroupView> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = 0L;
        while (!EndsStreams)
        {
            var changed = NextChange();
            var view = View;
            if (view.Version > seen)
            {
                seen = view.Version;
                yield return view;
            }

            Watched.TrySetResult();
            await changed.Task.WaitAsync(cancellationToken);
        }
    }

    internal async IAsyncEnumerable<LogLine> ReadLogAsync(
        LogQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var read = 0;
        var isFirst = true;
        do
        {
            var changed = NextChange();
            var lines = Snapshot(_lines);
            var news = lines
                .Skip(read)
                .Where(line =>
                    string.Equals(line.Service, query.Service, StringComparison.Ordinal)
                    && (query.Since is null || line.At >= query.Since)
                )
                .ToList();
            read = lines.Length;
            foreach (var line in isFirst && query.Last is { } last ? news.TakeLast(last) : news)
            {
                yield return line;
            }

            isFirst = false;
            Watched.TrySetResult();
            if (query.Follow)
            {
                await changed.Task.WaitAsync(cancellationToken);
            }
        } while (query.Follow);
    }

    internal async IAsyncEnumerable<SupervisorEvent> ReadEventsAsync(
        long after,
        bool follow,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var last = after;
        do
        {
            var changed = NextChange();
            foreach (var happened in Snapshot(_events).Where(item => item.Sequence > last))
            {
                last = happened.Sequence;
                yield return happened;
            }

            if (follow)
            {
                Watched.TrySetResult();
                await changed.Task.WaitAsync(cancellationToken);
            }
        } while (follow);
    }

    internal ImmutableArray<SupervisorEvent> ReadOlderEvents(long before, int count) =>
        [.. Snapshot(_older).Where(item => item.Sequence < before).TakeLast(count)];

    private static bool IsInTrouble(GroupView view, string name) =>
        view.Services.Single(service => string.Equals(service.Name, name, StringComparison.Ordinal)).Phase
            is ServicePhase.BackingOff
                or ServicePhase.CrashLoop
                or ServicePhase.Failed;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ImmutableArray<T> Snapshot<T>(List<T> items)
    {
        lock (_gate)
        {
            return [.. items];
        }
    }

    private TaskCompletionSource NextChange()
    {
        lock (_gate)
        {
            return _changed;
        }
    }

    private void Signal()
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            before = _changed;
            _changed = NewSignal();
        }

        before.SetResult();
    }
}
