using Redb.Abstractions.Services;

namespace Redb.Grains.Services;

/// <summary>How long to wait before the next restart.</summary>
internal static class BackOff
{
    /// <summary>Nothing after the first failure, then the initial delay times the factor for each further one up to the ceiling, less jitter.</summary>
    /// <param name="policy">The policy in force.</param>
    /// <param name="failures">Consecutive failures so far, counting the one just seen; 1 or more.</param>
    /// <param name="sample">A random number in [0, 1).</param>
    /// <returns>A delay from 0 to <see cref="RestartPolicy.MaxDelay"/>.</returns>
    public static TimeSpan Delay(RestartPolicy policy, int failures, double sample)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        if (failures == 1)
        {
            return TimeSpan.Zero;
        }

        // Overflows to infinity for a service that has been failing for ever, which Min turns into the ceiling.
        var grown = policy.InitialDelay.Ticks * Math.Pow(policy.Factor, failures - 2);
        var ceiling = Math.Min(grown, policy.MaxDelay.Ticks);
        return TimeSpan.FromTicks((long)(ceiling * (1 - (policy.Jitter * sample))));
    }
}
