namespace Redb.Abstractions.Configuration;

/// <summary>The <c>supervisor</c> section.</summary>
public sealed record SupervisorConfiguration
{
    /// <summary>Base gRPC port, before the group's offset. Default 50000; 1 to 65535.</summary>
    public int Port { get; init; } = 50000;

    /// <summary>Address the gRPC listener binds to: a numeric IP. Default 127.0.0.1.</summary>
    public string BindAddress { get; init; } = "127.0.0.1";

    /// <summary>Folder of the supervisor's own files, absolute. Default <c>~/.local/share/redb/GROUP</c>.</summary>
    public string DataDirectory { get; init; } = "";

    /// <summary>Default interval of readiness and liveness probes. Default 10 s; must be positive.</summary>
    public TimeSpan HealthCheckInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A registered service silent for longer is Unhealthy and is restarted by policy. Default 30 s; must be positive.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time a stop of the whole group may take before every process is killed. Default 60 s; must be positive.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
