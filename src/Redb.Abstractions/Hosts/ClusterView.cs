using System.Collections.Immutable;

namespace Redb.Abstractions.Hosts;

/// <summary>The whole cluster as one supervisor sees it.</summary>
/// <param name="Host">Name of the host that was asked.</param>
/// <param name="Silo">Name of the silo that was asked.</param>
/// <param name="Hosts">Every supervisor it knows, its own included, in order of their names.</param>
[GenerateSerializer, Immutable]
public sealed record ClusterView(
    [property: Id(0)] string Host,
    [property: Id(1)] string Silo,
    [property: Id(2)] ImmutableArray<HostView> Hosts
);
