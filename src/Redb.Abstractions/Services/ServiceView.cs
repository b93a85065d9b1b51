using System.Collections.Immutable;

namespace Redb.Abstractions.Services;

/// <summary>What an operator sees of one service at one moment.</summary>
[GenerateSerializer, Immutable]
public sealed record ServiceView
{
    /// <summary>Its name in the configuration.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Counts the changes of this service, so that an older view never replaces a newer one; negative until it has said anything.</summary>
    [Id(1)]
    public long Revision { get; init; }

    /// <summary>What is wanted of it.</summary>
    [Id(2)]
    public Wanted Wanted { get; init; }

    /// <summary>Where it is in its life.</summary>
    [Id(3)]
    public ServicePhase Phase { get; init; }

    /// <summary>Why it is in this phase, for people; may be empty.</summary>
    [Id(4)]
    public string Reason { get; init; } = "";

    /// <summary>When it entered the phase.</summary>
    [Id(5)]
    public DateTimeOffset Since { get; init; }

    /// <summary>Number of the current run, or of the last one; 0 before the first.</summary>
    [Id(6)]
    public long Run { get; init; }

    /// <summary>Process id of the live run.</summary>
    [Id(7)]
    public int? Pid { get; init; }

    /// <summary>When the live run was started.</summary>
    [Id(8)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Restarts since the service was last started by request.</summary>
    [Id(9)]
    public int Restarts { get; init; }

    /// <summary>Consecutive failures counted against the restart policy.</summary>
    [Id(10)]
    public int Failures { get; init; }

    /// <summary>Failures the restart policy tolerates.</summary>
    [Id(11)]
    public int MaxFailures { get; init; }

    /// <summary>When the next restart is due, in BackingOff.</summary>
    [Id(12)]
    public DateTimeOffset? RestartDue { get; init; }

    /// <summary>How the last ended run ended.</summary>
    [Id(13)]
    public RunExit? LastExit { get; init; }

    /// <summary>Whether the group is Failed without it.</summary>
    [Id(14)]
    public bool Required { get; init; }

    /// <summary>Names of what it depends on.</summary>
    [Id(15)]
    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>The port it listens on, offset included; null when the plan knows none.</summary>
    [Id(16)]
    public int? Port { get; init; }

    /// <summary>The id it was given when it registered; null before.</summary>
    [Id(17)]
    public string? ServiceId { get; init; }

    /// <summary>Who it said it is; null before it registered.</summary>
    [Id(18)]
    public Registration? Registration { get; init; }

    /// <summary>What it says of itself.</summary>
    [Id(19)]
    public ServiceHealth Health { get; init; }

    /// <summary>When its last heartbeat came. Exact in a view asked of the service, the last transition's in a group's.</summary>
    [Id(20)]
    public DateTimeOffset? LastHeartbeat { get; init; }

    /// <summary>Its last metrics. Exact in a view asked of the service, the last transition's in a group's.</summary>
    [Id(21)]
    public ServiceMetrics? Metrics { get; init; }

    /// <summary>Whether it is in the configuration; false for a program that registered by itself.</summary>
    [Id(22)]
    public bool Configured { get; init; } = true;

    /// <summary>When it became ready in the live run.</summary>
    [Id(23)]
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>Its limits and what enforces each of them, for people: <c>memory 512 MB (cgroup v2)</c>. Empty without limits.</summary>
    [Id(24)]
    public string Limits { get; init; } = "";
}
