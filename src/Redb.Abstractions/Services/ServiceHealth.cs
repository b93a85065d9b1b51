namespace Redb.Abstractions.Services;

/// <summary>What a service says of itself in its heartbeats; values are those of the wire's HealthStatus.</summary>
public enum ServiceHealth
{
    /// <summary>It has not said anything.</summary>
    Unknown = 0,

    /// <summary>All its checks pass.</summary>
    Healthy = 1,

    /// <summary>Some of its checks fail.</summary>
    Degraded = 2,

    /// <summary>All its checks fail.</summary>
    Unhealthy = 3,

    /// <summary>It is starting.</summary>
    Starting = 4,

    /// <summary>It is stopping.</summary>
    Stopping = 5,
}
