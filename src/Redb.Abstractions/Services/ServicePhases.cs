namespace Redb.Abstractions.Services;

/// <summary>What phases mean, said once.</summary>
public static class ServicePhases
{
    /// <summary>Whether a process of the service may be alive.</summary>
    public static bool IsLive(this ServicePhase phase) =>
        phase
            is ServicePhase.Starting
                or ServicePhase.Running
                or ServicePhase.Ready
                or ServicePhase.Degraded
                or ServicePhase.Unhealthy
                or ServicePhase.Stopping;

    /// <summary>Whether dependents may start.</summary>
    public static bool IsReady(this ServicePhase phase) => phase is ServicePhase.Ready or ServicePhase.Degraded;

    /// <summary>Whether the service stays as it is until somebody asks for something else.</summary>
    public static bool IsAtRest(this ServicePhase phase) =>
        phase is ServicePhase.Disabled or ServicePhase.Stopped or ServicePhase.Failed or ServicePhase.CrashLoop;
}
