using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <content>What is shown of the group: its view and its events.</content>
internal sealed partial class InstanceGroupGrain
{
    public Task<GroupView> GetViewAsync() => Task.FromResult(View());

    public IAsyncEnumerable<GroupView> WatchAsync(CancellationToken cancellationToken = default) =>
        ViewsAsync(cancellationToken).UntilAsync(_lifetime.ApplicationStopping, cancellationToken);

    public IAsyncEnumerable<SupervisorEvent> ReadEventsAsync(
        long after,
        bool follow,
        CancellationToken cancellationToken = default
    ) => EventsAsync(after, follow, cancellationToken).UntilAsync(_lifetime.ApplicationStopping, cancellationToken);

    public Task<ImmutableArray<SupervisorEvent>> ReadOlderEventsAsync(long before, int count) =>
        _journal.ReadEventsAsync(_plan.Key, before, int.Clamp(count, 1, EventLog.Capacity));

    public async ValueTask<ImmutableArray<ServiceView>> ListAsync()
    {
        var configured = await Task.WhenAll(
            _plan.Services.Select(service => Service(service.Key.Service).GetViewAsync().AsTask())
        );
        return [.. configured, .. _guests.Views(Moment.Of(_time))];
    }

    private async IAsyncEnumerable<GroupView> ViewsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
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

    private async IAsyncEnumerable<SupervisorEvent> EventsAsync(
        long after,
        bool follow,
        [EnumeratorCancellation] CancellationToken cancellationToken
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

    /// <summary>Says what was found, once every service has looked for its process.</summary>
    private async Task TellTakeOverAsync(DateTimeOffset began)
    {
        var views = await Task.WhenAll(_graph.Order.Select(name => Service(name).GetViewAsync().AsTask()));
        var taken = views.Count(view => view.Phase.IsLive() && view.StartedAt < began && !IsReplaced(view));
        if (taken > 0)
        {
            Tell("", EventKind.Requested, $"took over {taken} running services of an earlier supervisor");
        }
    }

    // What died unwatched runs again before this group began.
    private bool IsReplaced(ServiceView view) =>
        _journal.Recall(_plan.Key.ToService(view.Name)) is { } memory && view.Restarts > memory.Restarts;

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
}
