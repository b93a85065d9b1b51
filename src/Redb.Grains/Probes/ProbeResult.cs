namespace Redb.Grains.Probes;

/// <summary>What one attempt found.</summary>
/// <param name="Passed">Whether it passed.</param>
/// <param name="Reason">What was asked and what came back, for people: <c>tcp 127.0.0.1:50055 refused the connection</c>.</param>
[GenerateSerializer, Immutable]
internal readonly record struct ProbeResult([property: Id(0)] bool Passed, [property: Id(1)] string Reason);
