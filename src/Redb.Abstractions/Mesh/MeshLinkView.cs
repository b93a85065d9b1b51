namespace Redb.Abstractions.Mesh;

/// <summary>A peer that a mesh node wants a session with, and how that is.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Phase">Where the session is.</param>
/// <param name="Failures">Attempts that failed since the last session.</param>
/// <param name="Reason">What is missing, for people; empty when the session stands.</param>
/// <param name="Since">When it entered the phase.</param>
[GenerateSerializer, Immutable]
public sealed record MeshLinkView(
    [property: Id(0)] MeshNode Peer,
    [property: Id(1)] MeshLinkPhase Phase,
    [property: Id(2)] int Failures,
    [property: Id(3)] string Reason,
    [property: Id(4)] DateTimeOffset Since
);
