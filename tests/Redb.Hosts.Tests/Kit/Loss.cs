using Redb.TestKit.Hosts;

namespace Redb.Hosts.Tests.Kit;

/// <summary>A way in which the others lose a host.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Promised">Longest time until the others see it.</param>
/// <param name="Lose">Makes it happen.</param>
/// <param name="BringBack">Ends it.</param>
internal sealed record Loss(string Kind, TimeSpan Promised, Action Lose, Action BringBack)
{
    /// <summary>Time until the others said that it is gone, each round.</summary>
    public List<TimeSpan> Seen { get; } = [];

    /// <summary>Time from its return until it was a member with all its sessions.</summary>
    public List<TimeSpan> Back { get; } = [];

    /// <summary>Loses it, and has it back.</summary>
    public async Task HappenAsync(HostCluster cluster, ClusterSite lost)
    {
        var others = cluster.Sites.Where(site => site != lost).ToList();
        var gone = others.ConvertAll(site => site.Sightings(lost, isMember: false));
        var began = TimeProvider.System.GetTimestamp();
        Lose();
        await Task.WhenAll(others.Zip(gone, (site, times) => site.SeesAsync(lost, isMember: false, times + 1)));
        Seen.Add(TimeProvider.System.GetElapsedTime(began));

        var come = others.ConvertAll(site => site.Sightings(lost, isMember: true));
        Back.Add(
            await Figures.TakeAsync(async () =>
            {
                BringBack();
                await Task.WhenAll(others.Zip(come, (site, times) => site.SeesAsync(lost, isMember: true, times + 1)));
                await cluster.WholeAsync();
            })
        );
    }
}
