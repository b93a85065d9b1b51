using System.Collections.Concurrent;
using Orleans.GrainDirectory;

namespace Redb.Grains.Hosts;

/// <summary>
/// Knows where the grains of this silo are, and of no others: those are where their keys say. So what a silo does for its own services
/// needs no other silo, and the death of another one ends no activation here, as it would with a directory that is shared out among all.
/// </summary>
internal sealed class OnHostDirectory : IGrainDirectory
{
    /// <summary>Under which name silos know it.</summary>
    public const string Name = "on-host";

    private readonly ConcurrentDictionary<GrainId, GrainAddress> _addresses = new();

    public Task<GrainAddress?> Register(GrainAddress address) => Register(address, null);

    public Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress) =>
        Task.FromResult<GrainAddress?>(
            _addresses.AddOrUpdate(
                address.GrainId,
                address,
                (_, present) => previousAddress is not null && present.Matches(previousAddress) ? address : present
            )
        );

    public Task Unregister(GrainAddress address)
    {
        if (_addresses.TryGetValue(address.GrainId, out var present) && present.ActivationId == address.ActivationId)
        {
            _addresses.TryRemove(KeyValuePair.Create(address.GrainId, present));
        }

        return Task.CompletedTask;
    }

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult(_addresses.GetValueOrDefault(grainId));

    // Its own are in the silo it ends with, and it has no others.
    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}
