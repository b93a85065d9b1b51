using System.Collections.Immutable;

namespace Redb.Grains.Services;

/// <summary>What a registering service is answered.</summary>
[GenerateSerializer, Immutable]
internal sealed record RegistrationReply
{
    [Id(0)]
    public required bool Success { get; init; }

    [Id(1)]
    public required string Message { get; init; }

    /// <summary>The id it presents from now on; empty when it was refused.</summary>
    [Id(2)]
    public string ServiceId { get; init; } = "";

    /// <summary>Its configuration; null for a service that is not configured.</summary>
    [Id(3)]
    public InitialConfiguration? Initial { get; init; }

    public static RegistrationReply Refused(string message) => new() { Success = false, Message = message };
}

/// <summary>What a service is configured with over the wire.</summary>
/// <param name="Config">Key and value pairs.</param>
/// <param name="Environment">Environment variables, as configured.</param>
/// <param name="MaxMemoryMb">Memory limit in MiB; 0 for none.</param>
/// <param name="MaxCpuPercent">CPU limit in percent of one core; 0 for none.</param>
[GenerateSerializer, Immutable]
internal sealed record InitialConfiguration(
    [property: Id(0)] ImmutableDictionary<string, string> Config,
    [property: Id(1)] ImmutableDictionary<string, string> Environment,
    [property: Id(2)] long MaxMemoryMb,
    [property: Id(3)] int MaxCpuPercent
);
