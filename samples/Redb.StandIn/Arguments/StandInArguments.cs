using System.Collections.Immutable;
using Redb.StandIn.Roles;

namespace Redb.StandIn.Arguments;

/// <summary>What the command line and the environment ask for.</summary>
internal sealed record StandInArguments
{
    public required Role Role { get; init; }

    public required int Port { get; init; }

    public required string Supervisor { get; init; }

    /// <summary>Where the mesh serves gRPC; null for every other role.</summary>
    public System.Net.IPEndPoint? GrpcBind { get; init; }

    /// <summary>Where the mesh accepts its peers.</summary>
    public System.Net.IPEndPoint? Listen { get; init; }

    /// <summary>Peers the mesh has sessions with from its start.</summary>
    public ImmutableArray<System.Net.IPEndPoint> Connect { get; init; } = [];

    public TimeSpan PingInterval { get; init; }

    public TimeSpan IdleTimeout { get; init; }

    public bool RefuseSessions { get; init; }

    public TimeSpan? DropSessionsEvery { get; init; }

    public bool HangControl { get; init; }

    public TimeSpan ReadyAfter { get; init; }

    public TimeSpan? ExitAfter { get; init; }

    public int ExitCode { get; init; }

    public bool IgnoreSignals { get; init; }

    public bool IgnoreStop { get; init; }

    public bool ForkChild { get; init; }

    public int LogLines { get; init; }

    public int LogLineBytes { get; init; }

    public TimeSpan? LogEvery { get; init; }

    public TimeSpan? StreamEvery { get; init; }

    public TimeSpan? UnhealthyAfter { get; init; }

    public TimeSpan? DegradedAfter { get; init; }

    public TimeSpan? SilentAfter { get; init; }

    public bool FailRegister { get; init; }

    public int MemoryMb { get; init; }

    public TimeSpan? HeartbeatEvery { get; init; }

    public TimeSpan? HealthEvery { get; init; }
}
