using System.Collections.Immutable;
using Redb.Abstractions.Services;

namespace Redb.Abstractions.Instances;

/// <summary>What an operator sees of one instance group at one moment.</summary>
[GenerateSerializer, Immutable]
public sealed record GroupView
{
    /// <summary>Name of its host.</summary>
    [Id(0)]
    public required string Host { get; init; }

    /// <summary>Its group id.</summary>
    [Id(1)]
    public required string Group { get; init; }

    /// <summary>Counts the changes of the group; a later view has a higher version.</summary>
    [Id(2)]
    public long Version { get; init; }

    /// <summary>What is wanted of it.</summary>
    [Id(3)]
    public Wanted Wanted { get; init; }

    /// <summary>Where it is.</summary>
    [Id(4)]
    public GroupPhase Phase { get; init; }

    /// <summary>Why, for people; may be empty.</summary>
    [Id(5)]
    public string Reason { get; init; } = "";

    /// <summary>When it entered the phase.</summary>
    [Id(6)]
    public DateTimeOffset Since { get; init; }

    /// <summary>Its services, dependencies before dependents.</summary>
    [Id(7)]
    public ImmutableArray<ServiceView> Services { get; init; } = [];

    /// <summary>Added to every configured port.</summary>
    [Id(8)]
    public int PortOffset { get; init; }

    /// <summary>Where its supervisor's gRPC listener is: <c>127.0.0.1:50000</c>.</summary>
    [Id(9)]
    public string Endpoint { get; init; } = "";

    /// <summary>Set while its host is cordoned: services are started only by force.</summary>
    [Id(10)]
    public Cordon? Cordon { get; init; }

    /// <summary>Whether every service has looked for its process and said how it is: before, they are shown as the supervisor before left them.</summary>
    public bool HasBegun => Services.All(service => service.Phase == ServicePhase.Disabled || service.Revision >= 0);
}
