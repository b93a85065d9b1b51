using System.Collections.Immutable;

namespace Redb.Abstractions.Supervision;

/// <summary>What an operator sees of one host's supervisor.</summary>
/// <param name="Host">Name of the host.</param>
/// <param name="Pid">Its process id.</param>
/// <param name="Version">Its version.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="DataDirectory">Its data folder.</param>
/// <param name="Groups">Ids of the groups it supervises.</param>
/// <param name="Journal">Why its journal is not written, with what to do about it; empty while it is.</param>
[GenerateSerializer, Immutable]
public sealed record SupervisorView(
    [property: Id(0)] string Host,
    [property: Id(1)] int Pid,
    [property: Id(2)] string Version,
    [property: Id(3)] DateTimeOffset StartedAt,
    [property: Id(4)] string DataDirectory,
    [property: Id(5)] ImmutableArray<string> Groups,
    [property: Id(6)] string Journal
)
{
    /// <summary>Why it is without the other hosts of its cluster, or does not hear of them, with what to do; empty while all is well.</summary>
    [Id(7)]
    public string Cluster { get; init; } = "";
}
