using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <content>Programs that register without being configured.</content>
internal sealed partial class InstanceGroupGrain
{
    public ValueTask<RegistrationReply> RegisterGuestAsync(Registration registration)
    {
        var reply = _guests.Register(registration, Moment.Of(_time));
        Tell(
            registration.Name,
            EventKind.Registered,
            reply.Success ? "registered; it is not configured here" : reply.Message
        );
        return new(reply);
    }

    public ValueTask<bool> UnregisterGuestAsync(string serviceId, string reason)
    {
        if (_guests.Unregister(serviceId) is not { } name)
        {
            return new(false);
        }

        Tell(name, EventKind.Unregistered, $"unregistered: {reason}");
        return new(true);
    }

    public ValueTask<HeartbeatReply> GuestHeartbeatAsync(
        string serviceId,
        ServiceHealth health,
        ServiceMetrics? metrics
    )
    {
        var (isKnown, isNews) = _guests.Hear(serviceId, health, metrics, Moment.Of(_time));
        if (isNews)
        {
            Publish();
        }

        return new(isKnown ? HeartbeatReply.NothingNew : HeartbeatReply.Unknown);
    }
}
