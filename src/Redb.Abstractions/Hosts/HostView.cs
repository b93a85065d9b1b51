using System.Collections.Immutable;
using Redb.Abstractions.Instances;

namespace Redb.Abstractions.Hosts;

/// <summary>What one supervisor of the cluster was last heard to say, and how long ago. A host may have several.</summary>
[GenerateSerializer, Immutable]
public sealed record HostView
{
    /// <summary>Name of its host.</summary>
    [Id(0)]
    public required string Host { get; init; }

    /// <summary>Name of its silo: the host, what tells it from another one of that name, and its groups.</summary>
    [Id(1)]
    public required string Silo { get; init; }

    /// <summary>Whether it is there.</summary>
    [Id(2)]
    public HostState State { get; init; }

    /// <summary>Why it is not, for people; empty while it is.</summary>
    [Id(3)]
    public string Reason { get; init; } = "";

    /// <summary>Time since its last sign of life, measured where the question was asked: clocks may differ.</summary>
    [Id(4)]
    public TimeSpan SilentFor { get; init; }

    /// <summary>Where other silos reach it: <c>10.0.0.1:11111</c>.</summary>
    [Id(5)]
    public string Address { get; init; } = "";

    /// <summary>Its version; empty before it has said anything.</summary>
    [Id(6)]
    public string Version { get; init; } = "";

    /// <summary>Its process id on its host; 0 before it has said anything.</summary>
    [Id(7)]
    public int Pid { get; init; }

    /// <summary>When it started, by its own clock.</summary>
    [Id(8)]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Its groups as last heard. All of them and their services are Unknown where it is.</summary>
    [Id(9)]
    public ImmutableArray<GroupView> Groups { get; init; } = [];

    /// <summary>Whether it is cordoned: every group of it.</summary>
    public bool IsCordoned() => !Groups.IsEmpty && Groups.All(group => group.Cordon is not null);
}
