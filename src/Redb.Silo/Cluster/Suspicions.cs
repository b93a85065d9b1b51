using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Redb.Abstractions.Hosts;

namespace Redb.Silo.Cluster;

/// <summary>
/// Looks at a silo once more before a vote against it is cast. Orleans keeps the votes of a silo that is cut off and casts them when the membership
/// answers again: whoever was cut off would declare those dead that were well all the time. A vote counts only against who does not let us in.
/// </summary>
/// <param name="self">Who votes.</param>
/// <param name="approach">The way to the others.</param>
/// <param name="membership">How long a probe may take: no longer does the look.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where a vote that does not count is noted.</param>
internal sealed partial class Suspicions(
    ILocalSiloDetails self,
    IClusterApproach approach,
    IOptions<ClusterMembershipOptions> membership,
    TimeProvider time,
    ILogger<Suspicions> logger
)
{
    // Several missed probes belong to one suspicion.
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    // A silo may greet and do nothing else. The votes of a time without a membership are all cast within a few seconds.
    private static readonly TimeSpan Insistence = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<SiloAddress, Finding> _findings = new();

    /// <summary>Whether a change of the membership is a vote that does not count. Orleans drops what is refused like a change that came too late.</summary>
    public async Task<bool> IsUnfoundedAsync(MembershipEntry change, CancellationToken cancellationToken)
    {
        // Who shares our address is an earlier life of this silo.
        if (change.SiloAddress.Endpoint.Equals(self.SiloAddress.Endpoint))
        {
            return false;
        }

        Forget();
        var silo = change.SiloAddress;
        var earlier = _findings.GetValueOrDefault(silo);
        if (earlier is { LetUsIn: false } || (earlier is not null && time.GetElapsedTime(earlier.First) >= Insistence))
        {
            return false;
        }

        var letsUsIn = await approach.LetsUsInAsync(silo.Endpoint, membership.Value.ProbeTimeout, cancellationToken);
        var now = time.GetTimestamp();
        _findings[silo] = new(earlier?.First ?? now, now, letsUsIn);
        if (letsUsIn)
        {
            LogUnfounded(SiloIdentity.Parse(change.SiloName)?.Host ?? change.SiloName, silo);
        }

        return letsUsIn;
    }

    private void Forget()
    {
        foreach (var old in _findings.Where(finding => time.GetElapsedTime(finding.Value.Last) >= Memory))
        {
            _findings.TryRemove(old);
        }
    }

    [LoggerMessage(
        1312,
        LogLevel.Information,
        "{Host} at {Silo} answers no probes of this host, but lets it in: it stays a member for now"
    )]
    private partial void LogUnfounded(string host, SiloAddress silo);

    /// <summary>What came of looking at a silo.</summary>
    /// <param name="First">When it was suspected first.</param>
    /// <param name="Last">When it was looked at last.</param>
    /// <param name="LetUsIn">Whether it did then.</param>
    private sealed record Finding(long First, long Last, bool LetUsIn);
}
