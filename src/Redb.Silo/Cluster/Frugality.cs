using Orleans.Configuration;

namespace Redb.Silo.Cluster;

/// <summary>Leaves out what Orleans does for clusters of another kind: with millions of grains that live wherever there is room.</summary>
internal static class Frugality
{
    // Of grains on other silos one for each group of the cluster is called from here at most. Orleans reserves room for a million, twice: most of
    // the live memory of a silo without services, and all of it is walked through at each change of the membership.
    private const int RememberedAddresses = 10_000;

    public static void Apply(ISiloBuilder silo)
    {
        silo.Configure<GrainDirectoryOptions>(options => options.CacheSize = RememberedAddresses);

        // Every silo would tell every other one each second how busy it is. No placement here asks for that.
        silo.Configure<DeploymentLoadPublisherOptions>(options =>
            options.DeploymentLoadPublisherRefreshTime = Timeout.InfiniteTimeSpan
        );
    }
}
