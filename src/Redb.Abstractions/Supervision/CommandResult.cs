using System.Collections.Immutable;

namespace Redb.Abstractions.Supervision;

/// <summary>What became of a request to start, stop or restart.</summary>
/// <param name="Accepted">The services it was recorded for.</param>
/// <param name="Unknown">Names that are no service of the group.</param>
/// <param name="Disabled">Names of services that are switched off in the configuration.</param>
/// <param name="Version">Version of the group's view from which on the request shows.</param>
/// <param name="Refusal">Why nothing at all was recorded, for people; empty otherwise.</param>
[GenerateSerializer, Immutable]
public sealed record CommandResult(
    [property: Id(0)] ImmutableArray<string> Accepted,
    [property: Id(1)] ImmutableArray<string> Unknown,
    [property: Id(2)] ImmutableArray<string> Disabled,
    [property: Id(3)] long Version,
    [property: Id(4)] string Refusal = ""
);
