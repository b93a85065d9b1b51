using Redb.Abstractions.Hosts;

namespace Redb.Silo.Cluster;

/// <summary>
/// Votes that a silo could not cast while it was cut off. Orleans keeps them and casts them once the membership answers again: two hosts that were cut
/// off together would declare those dead that were well all the time. Such a vote counts only against who cannot be reached now.
/// </summary>
/// <param name="self">Who votes.</param>
/// <param name="approach">The way to the others.</param>
/// <param name="standing">Knows whether the membership was out of reach.</param>
/// <param name="logger">Where a vote that does not count is noted.</param>
internal sealed partial class StaleVotes(
    ILocalSiloDetails self,
    IClusterApproach approach,
    ClusterStanding standing,
    ILogger<StaleVotes> logger
)
{
    /// <summary>Whether a change of the membership is such a vote. Orleans drops what is refused as a change that came too late.</summary>
    public async Task<bool> IsStaleAsync(MembershipEntry change, CancellationToken cancellationToken)
    {
        if (
            change.SiloAddress.Equals(self.SiloAddress)
            || !standing.WasSilentWithin(MembershipLookout.Afterwards)
            || !await approach.ReachesAsync(change.SiloAddress.Endpoint, cancellationToken)
        )
        {
            return false;
        }

        LogStale(SiloIdentity.Parse(change.SiloName)?.Host ?? change.SiloName, change.SiloAddress);
        return true;
    }

    [LoggerMessage(
        1312,
        LogLevel.Information,
        "{Host} at {Silo} was out of reach while this host was cut off, and answers now: it stays a member"
    )]
    private partial void LogStale(string host, SiloAddress silo);
}
