using System.Collections.Immutable;

namespace Redb.Abstractions.Services;

/// <summary>What a service measured of itself, as in its last heartbeat.</summary>
/// <param name="MemoryBytes">Memory in bytes.</param>
/// <param name="CpuPercent">CPU as the service reports it; the Go services report CPU seconds divided by 100.</param>
/// <param name="Goroutines">Goroutines or threads.</param>
/// <param name="Custom">The service's own counters.</param>
[GenerateSerializer, Immutable]
public sealed record ServiceMetrics(
    [property: Id(0)] long MemoryBytes,
    [property: Id(1)] double CpuPercent,
    [property: Id(2)] long Goroutines,
    [property: Id(3)] ImmutableDictionary<string, long> Custom
);
