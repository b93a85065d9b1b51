namespace Redb.Abstractions.Instances;

/// <summary>Says that nothing is to be started on a host that does not run there already.</summary>
/// <param name="Since">When somebody asked for it.</param>
/// <param name="Reason">Why, as they said; may be empty.</param>
[GenerateSerializer, Immutable]
public sealed record Cordon([property: Id(0)] DateTimeOffset Since, [property: Id(1)] string Reason);
