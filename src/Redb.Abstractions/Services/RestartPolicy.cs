namespace Redb.Abstractions.Services;

/// <summary>When, how fast and how often a dead process is started again.</summary>
/// <remarks>
/// The first failure after a stable run is retried at once; the n-th consecutive one (n above 1) waits
/// <c>initial_delay x factor^(n-2)</c>, capped at <c>max_delay</c>, less jitter.
/// </remarks>
public sealed record RestartPolicy
{
    /// <summary>Which exits are followed by a restart. Default always.</summary>
    public RestartMode Mode { get; init; } = RestartMode.Always;

    /// <summary>Wait before the second consecutive restart. Default 1 s; not negative.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between restarts. Default 1 min; at least <see cref="InitialDelay"/>.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What each wait is multiplied by. Default 2; 1 to 100.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>
    /// Share of each delay that is random, 0 to 1. Default 0.25, so that services which died
    /// together do not come back together.
    /// </summary>
    public double Jitter { get; init; } = 0.25;

    /// <summary>A run that lasts this long clears the failure count. Default 30 s; 0 clears it at every exit.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Consecutive failures tolerated; one more and the service is in CrashLoop. Default 5; not negative.</summary>
    public int MaxFailures { get; init; } = 5;
}
