using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;
using Redb.Grains.Journal;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>
/// Owns one instance group: turns requests and its services' news into inputs for <see cref="GroupMachine"/>, tells the
/// services what it answers, and publishes one versioned view and the events.
/// </summary>
[OnHost]
[KeepAlive]
internal sealed partial class InstanceGroupGrain : Grain, IInstanceGroupGrain, IGroupMembers
{
    private readonly GroupPlan _plan;
    private readonly DependencyGraph _graph;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, ServiceView> _views = new(StringComparer.Ordinal);
    private readonly Guests _guests;
    private readonly EventLog _events;
    private readonly IJournal _journal;
    private readonly GroupInput _first;
    private readonly ChangeSignal _changed = new();

    private GroupState _state;
    private long _version;
    private Moment _startedAt;
    private bool _isEnding;

    public InstanceGroupGrain(HostPlan host, TimeProvider time, IJournal journal, EventLogs events)
    {
        (_time, _journal) = (time, journal);
        var key = GroupKey.Parse(this.GetPrimaryKeyString());
        _plan = host.FindGroup(key) ?? throw new KeyNotFoundException($"Group '{key}' is not configured on this host.");
        _graph = _plan.ToGraph();
        _guests = new(_plan.HeartbeatTimeout);
        _events = events.Of(key);
        (_state, _first) = GroupOpening.Of(host, _plan, _graph, journal, Moment.Of(time));
        foreach (var service in _plan.Services)
        {
            _views[service.Key.Service] = FirstView(service);
        }
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Activation.LetGoAsync();

    public async ValueTask BeginAsync()
    {
        var began = _time.GetUtcNow();
        await HandleAsync(_first);
        await TellTakeOverAsync(began);
    }

    public async ValueTask EndAsync()
    {
        _isEnding = true;
        Tell("", EventKind.Requested, "stop of the group: the supervisor ends");
        await HandleAsync(new GroupInput.StopRequested([]));
    }

    public Task<GroupView> GetViewAsync() => Task.FromResult(View());

    public async IAsyncEnumerable<GroupView> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var seen = -1L;
        while (true)
        {
            var next = _changed.Next;
            if (_version > seen)
            {
                seen = _version;
                yield return View();
            }
            else
            {
                await next.WaitAsync(cancellationToken);
            }
        }
    }

    public async IAsyncEnumerable<SupervisorEvent> ReadEventsAsync(
        long after,
        bool follow,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var seen = after;
        while (true)
        {
            var next = _events.Next;
            foreach (var item in _events.After(seen))
            {
                seen = item.Sequence;
                yield return item;
            }

            if (!follow)
            {
                yield break;
            }

            if (_events.Last <= seen)
            {
                await next.WaitAsync(cancellationToken);
            }
        }
    }

    public async ValueTask KillAsync()
    {
        Tell("", EventKind.Warning, "killing every process of the group");
        foreach (var name in _graph.Order)
        {
            await Service(name).KillAsync();
        }
    }

    public async ValueTask<bool> StopServiceAsync(string service, TimeSpan? grace, bool force)
    {
        if (!_graph.Contains(service))
        {
            return false;
        }

        Tell("", EventKind.Requested, force ? $"kill of {service}" : $"stop of {service}");
        await HandleAsync(new GroupInput.StopRequested([service], force ? TimeSpan.Zero : grace));
        await _journal.FlushAsync();
        return true;
    }

    public async ValueTask ServiceChangedAsync(ServiceView view, long heard)
    {
        if (_views[view.Name].Revision >= view.Revision)
        {
            return;
        }

        _views[view.Name] = view;
        if (!_graph.Contains(view.Name))
        {
            // Disabled, and run by hand: shown, but nothing follows from it.
            Publish();
            return;
        }

        await HandleAsync(new GroupInput.ServiceChanged(view.Name, view.Phase, view.Wanted, heard));
    }

    public ValueTask HappenedAsync(ServiceNews news)
    {
        _events.Tell(news);
        return default;
    }

    public async ValueTask<ImmutableArray<ServiceView>> ListAsync()
    {
        var configured = await Task.WhenAll(
            _plan.Services.Select(service => Service(service.Key.Service).GetViewAsync().AsTask())
        );
        return [.. configured, .. _guests.Views(Moment.Of(_time))];
    }

    private async Task HandleAsync(GroupInput input)
    {
        var before = _state;
        var now = Moment.Of(_time);
        var (state, effects, affected) = GroupMachine.Next(before, input, _graph, now);
        _state = state;
        Remember(before, affected);
        if (state.Wanted == Wanted.Up && before.Wanted == Wanted.Down)
        {
            _startedAt = now;
        }

        foreach (var effect in effects)
        {
            await Service(effect.Service).ObeyAsync(effect.Order);
        }

        if (state.Phase != before.Phase)
        {
            _phaseChanged.Raise();
            TellPhase(before, state, now);
        }

        Publish();
    }

    // Before anybody is told: what a successor finds is never behind what a service has heard.
    private void Remember(GroupState before, ImmutableArray<string> affected)
    {
        var members = affected
            .Select(name => (Name: name, Memory: MemberMemory.Of(_state.Services[name])))
            .Where(member => member.Memory != MemberMemory.Of(before.Services[member.Name]))
            .ToImmutableDictionary(member => member.Name, member => member.Memory, StringComparer.Ordinal);
        if (
            !members.IsEmpty
            || before.Wanted != _state.Wanted
            || before.WasReady != _state.WasReady
            || before.Cordon != _state.Cordon
        )
        {
            var memory = new GroupMemory
            {
                Wanted = _state.Wanted,
                WasReady = _state.WasReady,
                IsEnding = _isEnding,
                Cordon = _state.Cordon,
                Members = members,
            };
            _journal.Write(new JournalEntry.OfGroup(_plan.Key, memory));
        }
    }

    /// <summary>Says what was found, once every service has looked for its process.</summary>
    private async Task TellTakeOverAsync(DateTimeOffset began)
    {
        var views = await Task.WhenAll(_graph.Order.Select(name => Service(name).GetViewAsync().AsTask()));
        var taken = views.Count(view => view.Phase.IsLive() && view.StartedAt < began);
        if (taken > 0)
        {
            Tell("", EventKind.Requested, $"took over {taken} running services of an earlier supervisor");
        }
    }

    private void Tell(string service, EventKind kind, string message, LogLevel? level = null)
    {
        _events.Tell(new(_time.GetUtcNow(), service, kind, message, ServicePhase.Disabled, 0, ""), level);
        Publish();
    }

    private void Publish()
    {
        _version++;
        _changed.Raise();
    }

    private GroupView View() =>
        new()
        {
            Host = _plan.Key.Host,
            Group = _plan.Key.Group,
            Version = _version,
            Wanted = _state.Wanted,
            Phase = _state.Phase,
            Reason = _state.Reason,
            Since = _state.Since.Wall,
            Services =
            [
                .. _graph.Order.Select(name => _state.Services[name].Show(_views[name])),
                .. _plan
                    .Services.Where(service => !service.Configuration.Enabled)
                    .Select(service => _views[service.Key.Service]),
                .. _guests.Views(Moment.Of(_time)),
            ],
            PortOffset = _plan.PortOffset,
            Endpoint = _plan.Endpoint,
            Cordon = _state.Cordon,
        };

    // What is known of a service before its grain has said anything.
    private ServiceView FirstView(ServicePlan service) =>
        new()
        {
            Name = service.Key.Service,
            Revision = -1,
            Phase = service.Configuration.Enabled
                ? GroupOpening.LeftIn(_plan, _journal, service.Key.Service)
                : ServicePhase.Disabled,
            Required = service.Configuration.Required,
            Dependencies = [.. service.Configuration.Dependencies.Select(edge => edge.Service)],
            Port = service.Port,
        };

    private IServiceGrain Service(string name) =>
        GrainFactory.GetGrain<IServiceGrain>(_plan.Key.ToService(name).ToString());
}
