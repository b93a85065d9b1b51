namespace Redb.Hosting.Service;

/// <summary>
/// Every interval and bound between a service's first instruction and its exit. The defaults are those of the
/// services that exist; all must be positive.
/// </summary>
public sealed class ReDbServiceTimings
{
    /// <summary>Waits between the tries to bind the port; one try more than waits. Default 1 s, 2 s.</summary>
    public IReadOnlyList<TimeSpan> BindRetries { get; set; } = Seconds(1, 2);

    /// <summary>Pause between serving and registering. Default 100 ms.</summary>
    public TimeSpan ServingPause { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>First wait for a supervisor that does not answer; doubles up to <see cref="ConnectRetryLimit"/>.
    /// Default 200 ms.</summary>
    public TimeSpan ConnectRetry { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait between two tries to reach the supervisor. Default 2 s.</summary>
    public TimeSpan ConnectRetryLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Bound on one connection attempt to the supervisor. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bound on a repeated registration. Default 60 s: a supervisor may dial back three times 15 s.
    /// The first registration has no bound.</summary>
    public TimeSpan ReregistrationTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Interval of heartbeats. Default 5 s.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bound on one heartbeat. Default 3 s.</summary>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Interval of health checks, the first one included. Default 10 s.</summary>
    public TimeSpan HealthCheckInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bound on one health check; a slower one has failed. Default 5 s.</summary>
    public TimeSpan HealthCheckTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Pause between registering and opening the log stream. Default 500 ms.</summary>
    public TimeSpan LogStreamPause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits between the tries to open the log stream; one try more than waits. Default 1, 2, 4, 8 s.</summary>
    public IReadOnlyList<TimeSpan> LogStreamOpenRetries { get; set; } = Seconds(1, 2, 4, 8);

    /// <summary>Waits before each try to re-open a broken log stream. Default 1, 2, 3 s.</summary>
    public IReadOnlyList<TimeSpan> LogStreamReopenRetries { get; set; } = Seconds(1, 2, 3);

    /// <summary>Rest after all tries failed, cut short by a new registration. Default 30 s.</summary>
    public TimeSpan LogStreamRest { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bound on handing over the last log entries at stop. Default 1 s.</summary>
    public TimeSpan LogStreamFlush { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Budget of the stop hooks when the caller of <c>Stop</c> names none. Default 30 s.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pause between the stop hooks and unregistering. Default 1 s.</summary>
    public TimeSpan UnregisterPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Bound on unregistering. Default 5 s.</summary>
    public TimeSpan UnregisterTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long calls in flight may finish before their connections are cut. Default 5 s.</summary>
    public TimeSpan ServerStopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    private static TimeSpan[] Seconds(params int[] seconds) => [.. seconds.Select(s => TimeSpan.FromSeconds(s))];
}
