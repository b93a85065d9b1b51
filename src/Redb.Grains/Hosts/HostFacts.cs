namespace Redb.Grains.Hosts;

/// <summary>Who a supervisor says it is.</summary>
/// <param name="Host">Name of its host.</param>
/// <param name="Address">Where other silos reach it.</param>
/// <param name="Version">Its version; empty before it has said anything.</param>
/// <param name="Pid">Its process id on its host.</param>
/// <param name="StartedAt">When it started, by its own clock.</param>
/// <param name="IsLeaving">Whether it was asked to end.</param>
[GenerateSerializer, Immutable]
internal sealed record HostFacts(
    [property: Id(0)] string Host,
    [property: Id(1)] string Address,
    [property: Id(2)] string Version,
    [property: Id(3)] int Pid,
    [property: Id(4)] DateTimeOffset StartedAt,
    [property: Id(5)] bool IsLeaving
);
