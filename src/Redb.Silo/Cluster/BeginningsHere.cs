using Redb.Abstractions.Instances;
using Redb.Grains.Planning;

namespace Redb.Silo.Cluster;

/// <summary>Asks the groups of this host.</summary>
internal sealed class BeginningsHere(HostPlan host, IGrainFactory grains) : IBeginnings
{
    public async Task<Beginnings> LookAsync(CancellationToken cancellationToken) =>
        Beginnings.Together(await Task.WhenAll(host.Groups.Select(group => LookAsync(group.Key, cancellationToken))));

    private async Task<Beginnings> LookAsync(GroupKey key, CancellationToken cancellationToken)
    {
        try
        {
            var group = grains.GetGrain<IInstanceGroupGrain>(key.ToString());
            return Beginnings.Of(await group.GetViewAsync().WaitAsync(cancellationToken));
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            // A group that is too busy to answer is one that may be starting.
            return new([key.Group], MayFollow: true);
        }
    }
}
