namespace Redb.Hosts.Tests.Kit;

/// <summary>All hosts lose their power at once, and have it back.</summary>
internal sealed class PowerLoss(HostCluster cluster)
{
    /// <summary>Time until the first host had its groups Ready, each round.</summary>
    public List<TimeSpan> First { get; } = [];

    /// <summary>Time until all had.</summary>
    public List<TimeSpan> All { get; } = [];

    /// <summary>Time from then on until every mesh service had all its sessions.</summary>
    public List<TimeSpan> Sessions { get; } = [];

    /// <summary>Kills everything and starts it again.</summary>
    public async Task HappenAsync()
    {
        await Task.WhenAll(cluster.Sites.Select(site => site.LosePowerAsync()));
        var began = TimeProvider.System.GetTimestamp();
        var serving = cluster.Sites.Select(site => site.StartReadyAsync()).ToList();
        await Task.WhenAny(serving);
        First.Add(TimeProvider.System.GetElapsedTime(began));
        await Task.WhenAll(serving);
        All.Add(TimeProvider.System.GetElapsedTime(began));
        Sessions.Add(await Figures.TakeAsync(cluster.WholeAsync));
    }
}
