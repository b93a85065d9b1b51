using System.Collections.Immutable;

namespace Redb.Abstractions.Probes;

/// <summary>One probe: what is asked, how often, and what it takes to change the verdict.</summary>
public sealed record ProbeConfiguration
{
    /// <summary>How the probe finds out.</summary>
    public ProbeKind Kind { get; init; } = ProbeKind.Heartbeat;

    /// <summary>Time between two attempts. Default <c>supervisor.health_check_interval</c>, for startup 1 s; at least 10 ms.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one attempt may take; for heartbeats, how long the service may be silent. Default 3 s, for heartbeats <c>supervisor.heartbeat_timeout</c>; positive.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Consecutive failed attempts until the probe fails. Default 3, for startup 60; 1 or more.</summary>
    public int FailureThreshold { get; init; } = 3;

    /// <summary>Consecutive passed attempts until the probe passes. Default 1; 1 or more.</summary>
    public int SuccessThreshold { get; init; } = 1;

    /// <summary>Port to ask, before the offset; 0, the default, means the port of the service's own arguments.</summary>
    public int Port { get; init; }

    /// <summary>Host to ask. Default 127.0.0.1, or the host of the service's own arguments.</summary>
    public string Host { get; init; } = "";

    /// <summary>Path of an HTTP probe. Default <c>/</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Service name of a gRPC health probe. Default empty: the server as a whole.</summary>
    public string Service { get; init; } = "";

    /// <summary>Command of an exec probe: program and arguments.</summary>
    public ImmutableArray<string> Command { get; init; } = [];
}
