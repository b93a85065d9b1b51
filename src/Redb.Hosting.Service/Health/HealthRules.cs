using Redb.Protocol.Common;

namespace Redb.Hosting.Service.Health;

/// <summary>How single checks add up to the health of a service.</summary>
internal static class HealthRules
{
    /// <summary>No check has run, or none fails: healthy. All fail: unhealthy. Anything between: degraded.</summary>
    public static HealthStatus Aggregate(IReadOnlyCollection<HealthStatus> checks)
    {
        if (checks.All(status => status == HealthStatus.Healthy))
        {
            return HealthStatus.Healthy;
        }

        return checks.All(status => status == HealthStatus.Unhealthy) ? HealthStatus.Unhealthy : HealthStatus.Degraded;
    }
}
