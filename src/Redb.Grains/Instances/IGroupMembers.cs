using System.Collections.Immutable;
using Orleans.Concurrency;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Mesh;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>What the members of a group, and the silo it lives on, tell its grain.</summary>
internal interface IGroupMembers : IGrainWithStringKey
{
    /// <summary>Called once the silo is active: starts the group, or goes on where an earlier supervisor was cut off.</summary>
    ValueTask BeginAsync();

    /// <summary>The supervisor ends and takes the group with it: stops everything, and lets the next supervisor begin anew.</summary>
    ValueTask EndAsync();

    /// <summary>Kills every process of the group at once: the last rung when an ordered stop has run out of time.</summary>
    ValueTask KillAsync();

    /// <summary>
    /// The phase as it is and whenever it changes; one that lasts for less than it takes to tell may be left out. Costs
    /// nothing while services change and the phase does not.
    /// </summary>
    IAsyncEnumerable<GroupPhase> WatchPhaseAsync(CancellationToken cancellationToken = default);

    /// <summary>Stops one service with a grace of its own.</summary>
    /// <returns>Whether there is such a service.</returns>
    ValueTask<bool> StopServiceAsync(string service, TimeSpan? grace, bool force);

    /// <summary>A service changed, or answers. An older revision than the last one heard is ignored.</summary>
    /// <param name="view">How it is.</param>
    /// <param name="heard">Number of the last start or stop it was told and has carried out.</param>
    [OneWay]
    ValueTask ServiceChangedAsync(ServiceView view, long heard);

    /// <summary>Something happened that belongs into the events.</summary>
    [OneWay]
    ValueTask HappenedAsync(ServiceNews news);

    /// <summary>The group's mesh node says what it means for the group. A lower number than the last one heard is ignored.</summary>
    [OneWay]
    ValueTask MeshStandsAsync(MeshStanding standing, long number);

    /// <summary>A program that is not configured registers.</summary>
    ValueTask<RegistrationReply> RegisterGuestAsync(Registration registration);

    ValueTask<bool> UnregisterGuestAsync(string serviceId, string reason);

    ValueTask<HeartbeatReply> GuestHeartbeatAsync(string serviceId, ServiceHealth health, ServiceMetrics? metrics);

    /// <summary>Every service, guests included, heartbeats and metrics to the second.</summary>
    ValueTask<ImmutableArray<ServiceView>> ListAsync();
}
