using Microsoft.Extensions.Diagnostics.HealthChecks;
using Redb.StandIn.Arguments;

namespace Redb.StandIn.Faults;

/// <summary>Health checks that turn bad at the times the arguments name, counted from process start.</summary>
internal sealed class TimedHealth(StandInArguments arguments, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>What a check says now. Only the first one degrades; all become unhealthy.</summary>
    public Task<HealthCheckResult> CheckAsync(bool first) => Task.FromResult(Check(first));

    private HealthCheckResult Check(bool first) =>
        Passed(arguments.UnhealthyAfter) ? HealthCheckResult.Unhealthy("unhealthy as asked")
        : first && Passed(arguments.DegradedAfter) ? HealthCheckResult.Degraded("degraded as asked")
        : HealthCheckResult.Healthy();

    private bool Passed(TimeSpan? after) => time.GetElapsedTime(_startedAt) >= after;
}
