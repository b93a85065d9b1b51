namespace Redb.Grains.Mesh;

/// <summary>What a group is told when it announces its node.</summary>
/// <param name="Refusal">Who else holds its id or its address, naming both; empty when they are its own.</param>
/// <param name="News">What it does not know yet; null for nothing.</param>
/// <param name="Admission">How it comes into the mesh.</param>
[GenerateSerializer, Immutable]
internal sealed record MeshAnswer(
    [property: Id(0)] string Refusal,
    [property: Id(1)] MeshNews? News,
    [property: Id(2)] MeshAdmission Admission
);
