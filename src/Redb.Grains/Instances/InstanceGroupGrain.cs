using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
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
    private readonly IHostApplicationLifetime _lifetime;
    private readonly GroupInput _first;
    private readonly ChangeSignal _changed = new();

    private GroupState _state;
    private long _version;
    private Moment _startedAt;
    private bool _isEnding;

    public InstanceGroupGrain(
        HostPlan host,
        TimeProvider time,
        IJournal journal,
        EventLogs events,
        IHostApplicationLifetime lifetime
    )
    {
        (_time, _journal, _lifetime) = (time, journal, lifetime);
        var key = GroupKey.Parse(this.GetPrimaryKeyString());
        _plan = host.FindGroup(key) ?? throw new KeyNotFoundException($"Group '{key}' is not configured on this host.");
        _graph = _plan.ToGraph();
        _guests = new(_plan.HeartbeatTimeout);
        _events = events.Of(key);
        (_state, _first) = GroupOpening.Of(
            host,
            _plan,
            _graph,
            journal,
            name => GroupOpening.LeftIn(_plan, journal, name),
            Moment.Of(time)
        );
        _timers = new(this);
        foreach (var service in _plan.Services)
        {
            _views[service.Key.Service] = FirstView(service);
        }
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Activation.LetGoAsync();

    public async ValueTask BeginAsync()
    {
        var began = _time.GetUtcNow();
        await BeginMeshAsync();
        await HandleAsync(_first);
        await TellTakeOverAsync(began);
    }

    public async ValueTask EndAsync()
    {
        _isEnding = true;
        Tell("", EventKind.Requested, "stop of the group: the supervisor ends");
        await HandleAsync(new GroupInput.StopRequested([]));
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
        await TellMeshAsync(view);
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

    private IServiceGrain Service(string name) =>
        GrainFactory.GetGrain<IServiceGrain>(_plan.Key.ToService(name).ToString());
}
