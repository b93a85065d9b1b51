using System.Collections.Immutable;
using Orleans.Concurrency;
using Redb.Abstractions.Services;

namespace Redb.Grains.Services;

/// <summary>One supervised service, on the silo of its host. What the group tells it is one way: a group never waits for a launch.</summary>
internal interface IServiceGrain : IGrainWithStringKey
{
    /// <summary>Hears what the group wants.</summary>
    [OneWay]
    ValueTask ObeyAsync(ServiceOrder order);

    /// <summary>Stops without the polite rungs.</summary>
    [OneWay]
    ValueTask KillAsync();

    /// <summary>The service as it stands, heartbeat and metrics to the second.</summary>
    ValueTask<ServiceView> GetViewAsync();

    ValueTask<RegistrationReply> RegisterAsync(Registration registration);

    /// <summary>The service says goodbye.</summary>
    /// <returns>Whether the id was that of the live registration.</returns>
    ValueTask<bool> UnregisterAsync(string serviceId, string reason);

    ValueTask<HeartbeatReply> HeartbeatAsync(string serviceId, ServiceHealth health, ServiceMetrics? metrics);

    /// <summary>Lays key and value pairs over the configuration of this and later runs; a live run gets them with its next heartbeat.</summary>
    /// <returns>False, and nothing is taken, when there would be more than <see cref="Conversation.MaxOverrides"/>.</returns>
    ValueTask<bool> OverrideAsync(ImmutableDictionary<string, string> overrides);
}
