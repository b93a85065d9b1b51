using Orleans.Configuration;
using Redb.Abstractions.Configuration;

namespace Redb.Silo.Cluster;

/// <summary>How soon a silo that does not answer is declared dead, as measured (docs/architecture.md, Cluster).</summary>
internal static class Detection
{
    private const int MissedProbes = 3;
    private const int Votes = 2;

    // A killed silo is seen after 2.3 probes, a frozen one after 4.3 (one of them is the look of Suspicions). Normal is about the longest with which the
    // former takes less than 4 s; a silo that stalls for 4.5 s lives on with it.
    private static readonly TimeSpan NormalProbe = TimeSpan.FromSeconds(1.6);
    private static readonly TimeSpan FastProbe = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(10);

    /// <summary>How long a silo that cannot reach another one tries to join.</summary>
    public static TimeSpan JoinLimit { get; } = TimeSpan.FromSeconds(15);

    /// <summary>A silo whose sign of life is older than this counts as gone for whoever joins.</summary>
    public static TimeSpan Stale { get; } = 3 * SignOfLife;

    public static void Apply(FailureDetection detection, ClusterMembershipOptions options)
    {
        var probe = detection == FailureDetection.Fast ? FastProbe : NormalProbe;

        // The longest must be set, too: it is four times the probe by default, which a frozen silo makes the most of.
        (options.ProbeTimeout, options.MinProbeTimeout, options.MaxProbeTimeout) = (probe, probe, probe);
        options.NumMissedProbesLimit = MissedProbes;
        options.NumVotesForDeathDeclaration = Votes;
        options.IAmAliveTablePublishTimeout = SignOfLife;
        options.TableRefreshTimeout = Refresh;
        options.MaxJoinAttemptTime = JoinLimit;
    }
}
