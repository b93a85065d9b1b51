using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;
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
    private readonly ILogger<InstanceGroupGrain> _logger;
    private readonly Dictionary<string, ServiceView> _views = new(StringComparer.Ordinal);
    private readonly Guests _guests;
    private readonly EventLog _events = new();
    private readonly ChangeSignal _changed = new();

    private GroupState _state;
    private long _version;
    private Moment _startedAt;

    public InstanceGroupGrain(HostPlan host, TimeProvider time, ILogger<InstanceGroupGrain> logger)
    {
        (_time, _logger) = (time, logger);
        var key = GroupKey.Parse(this.GetPrimaryKeyString());
        _plan = host.FindGroup(key) ?? throw new KeyNotFoundException($"Group '{key}' is not configured on this host.");
        _graph = _plan.ToGraph();
        _guests = new(_plan.HeartbeatTimeout);
        _state = GroupMachine.Begin(_graph, Moment.Of(time));
        foreach (var service in _plan.Services)
        {
            _views[service.Key.Service] = FirstView(service);
        }
    }

    public async ValueTask BeginAsync() => await HandleAsync(new GroupInput.StartRequested([]));

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
            var next = _changed.Next;
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

    public Task<CommandResult> StartAsync(ImmutableArray<string> services) =>
        CommandAsync("start", services, names => new GroupInput.StartRequested(names));

    public Task<CommandResult> StopAsync(ImmutableArray<string> services) =>
        CommandAsync("stop", services, names => new GroupInput.StopRequested(names));

    public Task<CommandResult> RestartAsync(ImmutableArray<string> services) =>
        CommandAsync("restart", services, names => new GroupInput.RestartRequested(names));

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
        _events.Add(news.At, news.Service, news.Kind, news.Message, news.Phase, news.Run, news.Detail);
        var level = LevelOf(news.Kind, news.Phase);
        LogNews(level, news.Service, news.Message);
        _changed.Raise();
        return default;
    }

    public async ValueTask<ImmutableArray<ServiceView>> ListAsync()
    {
        var configured = await Task.WhenAll(
            _plan.Services.Select(service => Service(service.Key.Service).GetViewAsync().AsTask())
        );
        return [.. configured, .. _guests.Views(Moment.Of(_time))];
    }

    private async Task<CommandResult> CommandAsync(
        string verb,
        ImmutableArray<string> services,
        Func<ImmutableArray<string>, GroupInput> toInput
    )
    {
        var unknown = services.Where(name => !_views.ContainsKey(name)).ToImmutableArray();
        var disabled = services.Where(name => _views.ContainsKey(name) && !_graph.Contains(name)).ToImmutableArray();
        var accepted = services.Where(_graph.Contains).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (unknown.IsEmpty && (services.IsEmpty || !accepted.IsEmpty))
        {
            Tell(
                "",
                EventKind.Requested,
                services.IsEmpty ? $"{verb} of the group" : $"{verb} of {string.Join(", ", accepted)}"
            );
            await HandleAsync(toInput(accepted));
            return new(services.IsEmpty ? _graph.Order : accepted, unknown, disabled, _version);
        }

        return new([], unknown, disabled, _version);
    }

    private async Task HandleAsync(GroupInput input)
    {
        var before = _state;
        var now = Moment.Of(_time);
        var (state, effects) = GroupMachine.Next(before, input, _graph, now);
        _state = state;
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
            TellPhase(before, state, now);
        }

        Publish();
    }

    private void TellPhase(GroupState before, GroupState state, Moment now)
    {
        var took =
            before.Phase == GroupPhase.Starting && state.Phase == GroupPhase.Ready
                ? $" after {(now.Monotonic - _startedAt.Monotonic).TotalSeconds:0.00} s"
                : "";
        var reason = state.Reason.Length > 0 ? $": {state.Reason}" : "";
        var level = state.Phase switch
        {
            GroupPhase.Failed => LogLevel.Error,
            GroupPhase.Degraded => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        Tell(
            "",
            EventKind.GroupChanged,
            $"group {_plan.Key.Group} {before.Phase} -> {state.Phase}{took}{reason}",
            level
        );
    }

    private void Tell(string service, EventKind kind, string message, LogLevel? level = null)
    {
        _events.Add(_time.GetUtcNow(), service, kind, message);
        var told = level ?? LevelOf(kind, ServicePhase.Disabled);
        var name = service.Length > 0 ? service : _plan.Key.Group;
        LogNews(told, name, message);
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
        };

    // What is known of a service before its grain has said anything.
    private static ServiceView FirstView(ServicePlan service) =>
        new()
        {
            Name = service.Key.Service,
            Revision = -1,
            Phase = service.Configuration.Enabled ? ServicePhase.Stopped : ServicePhase.Disabled,
            Required = service.Configuration.Required,
            Dependencies = [.. service.Configuration.Dependencies.Select(edge => edge.Service)],
            Port = service.Port,
        };

    private IServiceGrain Service(string name) =>
        GrainFactory.GetGrain<IServiceGrain>(_plan.Key.ToService(name).ToString());

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
