using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>Programs that registered without being configured: listed and listened to, never started or stopped.</summary>
/// <param name="silenceLimit">A guest that is silent for longer is forgotten, so that strangers cannot fill the table for ever.</param>
internal sealed class Guests(TimeSpan silenceLimit)
{
    /// <summary>So many guests are remembered; a group has about a dozen services.</summary>
    public const int Capacity = 1000;

    private readonly Dictionary<string, Guest> _guests = new(StringComparer.Ordinal);

    public RegistrationReply Register(Registration registration, Moment now)
    {
        Forget(now);
        var known = _guests.GetValueOrDefault(registration.Name);
        if (known is null && _guests.Count >= Capacity)
        {
            return RegistrationReply.Refused($"{Capacity} programs that are not configured are registered already");
        }

        var isSame = known is not null && known.Registration.InstanceId == registration.InstanceId;
        var id = isSame ? known!.ServiceId : ServiceId.New(registration.Name);
        _guests[registration.Name] = new(id, registration, ServiceHealth.Starting, now, now, null);
        return new()
        {
            Success = true,
            Message = "Service registered successfully",
            ServiceId = id,
        };
    }

    /// <summary>A guest says goodbye.</summary>
    /// <returns>The guest's name, or null when the id is not known.</returns>
    public string? Unregister(string serviceId)
    {
        var name = ServiceId.NameIn(serviceId);
        return Find(serviceId) is not null && _guests.Remove(name) ? name : null;
    }

    /// <summary>A guest says how it is.</summary>
    /// <returns>Whether the id is known, and whether what the guest says of itself changed.</returns>
    public (bool IsKnown, bool IsNews) Hear(string serviceId, ServiceHealth health, ServiceMetrics? metrics, Moment now)
    {
        if (Find(serviceId) is not { } guest)
        {
            return (false, false);
        }

        _guests[guest.Registration.Name] = guest with { Health = health, LastHeartbeat = now, Metrics = metrics };
        return (true, health != guest.Health);
    }

    public ImmutableArray<ServiceView> Views(Moment now)
    {
        Forget(now);
        return [.. _guests.Values.OrderBy(guest => guest.Registration.Name, StringComparer.Ordinal).Select(View)];
    }

    private Guest? Find(string serviceId) =>
        _guests.TryGetValue(ServiceId.NameIn(serviceId), out var guest) && guest.ServiceId == serviceId ? guest : null;

    private void Forget(Moment now)
    {
        foreach (var (name, guest) in _guests)
        {
            if (now.Monotonic - guest.LastHeartbeat.Monotonic > silenceLimit)
            {
                _guests.Remove(name);
            }
        }
    }

    private static ServiceView View(Guest guest) =>
        new()
        {
            Name = guest.Registration.Name,
            Wanted = Wanted.Up,
            Phase = guest.Health switch
            {
                ServiceHealth.Healthy => ServicePhase.Ready,
                ServiceHealth.Degraded => ServicePhase.Degraded,
                ServiceHealth.Unhealthy => ServicePhase.Unhealthy,
                ServiceHealth.Stopping => ServicePhase.Stopping,
                _ => ServicePhase.Running,
            },
            Reason = "not configured here; registered by itself",
            Since = guest.RegisteredAt.Wall,
            StartedAt = guest.RegisteredAt.Wall,
            Port = guest.Registration.Port,
            ServiceId = guest.ServiceId,
            Registration = guest.Registration,
            Health = guest.Health,
            LastHeartbeat = guest.LastHeartbeat.Wall,
            Metrics = guest.Metrics,
            Configured = false,
        };

    private sealed record Guest(
        string ServiceId,
        Registration Registration,
        ServiceHealth Health,
        Moment RegisteredAt,
        Moment LastHeartbeat,
        ServiceMetrics? Metrics
    );
}
