using Redb.Abstractions.Probes;

namespace Redb.Grains.Probes;

/// <summary>Counts the attempts of one probe towards its thresholds.</summary>
/// <param name="Passed">Consecutive attempts that passed.</param>
/// <param name="Failed">Consecutive attempts that failed.</param>
internal readonly record struct ProbeCount(int Passed, int Failed)
{
    /// <summary>Counts one attempt.</summary>
    /// <returns>The new count, and the verdict when a threshold is reached: true passed, false failed, null undecided.</returns>
    public (ProbeCount Count, bool? Verdict) Add(bool passed, ProbeConfiguration probe)
    {
        // Capped, so that a probe that runs for years does not overflow.
        var count = passed
            ? new ProbeCount(Math.Min(Passed + 1, probe.SuccessThreshold), 0)
            : new ProbeCount(0, Math.Min(Failed + 1, probe.FailureThreshold));
        bool? verdict =
            count.Passed >= probe.SuccessThreshold ? true
            : count.Failed >= probe.FailureThreshold ? false
            : null;
        return (count, verdict);
    }
}
