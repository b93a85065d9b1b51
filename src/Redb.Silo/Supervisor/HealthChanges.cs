using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Redb.Abstractions.Services;
using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;

namespace Redb.Silo.Supervisor;

/// <summary>What one watcher has been told of the services it watches, and what is new to it.</summary>
internal sealed class HealthChanges(Func<ServiceView, bool> isWatched, TimeProvider time)
{
    private readonly Dictionary<string, (string Id, HealthStatus Health)> _told = new(StringComparer.Ordinal);

    /// <summary>Everything at first, then what changed; a guest that is gone is told once and forgotten.</summary>
    public IReadOnlyList<ServiceHealthUpdate> Next(ImmutableArray<ServiceView> services)
    {
        var updates = new List<ServiceHealthUpdate>();
        foreach (var view in services.Where(isWatched))
        {
            var now = (Id: view.ServiceId ?? view.Name, Health: view.ToWireHealth());
            var isKnown = _told.TryGetValue(view.Name, out var before);
            if (!isKnown || before != now)
            {
                _told[view.Name] = now;
                var reason = view.Reason.Length > 0 ? $"{view.Phase}: {view.Reason}" : view.Phase.ToString();
                updates.Add(Update(now.Id, before.Health, now.Health, reason));
            }
        }

        var present = services.Select(view => view.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, gone) in _told.Where(told => !present.Contains(told.Key)).ToList())
        {
            _told.Remove(name);
            updates.Add(Update(gone.Id, gone.Health, HealthStatus.Unspecified, "gone: not configured here"));
        }

        return updates;
    }

    private ServiceHealthUpdate Update(string id, HealthStatus before, HealthStatus now, string reason) =>
        new()
        {
            ServiceId = id,
            OldStatus = before,
            NewStatus = now,
            Reason = reason,
            Timestamp = time.GetUtcNow().ToTimestamp(),
        };
}
