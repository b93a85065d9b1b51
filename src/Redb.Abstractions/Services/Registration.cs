using System.Collections.Immutable;

namespace Redb.Abstractions.Services;

/// <summary>Who a service said it is when it registered.</summary>
[GenerateSerializer, Immutable]
public sealed record Registration
{
    /// <summary>Its name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Its version; may be empty.</summary>
    [Id(1)]
    public string Version { get; init; } = "";

    /// <summary>Id of this process of it, new at every start; may be empty.</summary>
    [Id(2)]
    public string InstanceId { get; init; } = "";

    /// <summary>Host it says it listens on; may be empty.</summary>
    [Id(3)]
    public string Host { get; init; } = "";

    /// <summary>Port it says it listens on; 0 when not said.</summary>
    [Id(4)]
    public int Port { get; init; }

    /// <summary>What else it said.</summary>
    [Id(5)]
    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;
}
