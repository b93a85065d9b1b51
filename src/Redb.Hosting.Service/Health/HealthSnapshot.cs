using System.Collections.Immutable;
using Redb.Protocol.Common;

namespace Redb.Hosting.Service.Health;

/// <summary>What the last round of health checks found.</summary>
internal sealed record HealthSnapshot(
    HealthStatus Status,
    ImmutableArray<CheckOutcome> Checks,
    DateTimeOffset? LastHealthy
)
{
    /// <summary>Before the first round: healthy, for nothing says otherwise.</summary>
    public static HealthSnapshot Initial { get; } = new(HealthStatus.Healthy, [], null);
}
