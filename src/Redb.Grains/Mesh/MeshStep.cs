namespace Redb.Grains.Mesh;

/// <summary>The outcome of one input: what to remember, and what to tell a group that announced itself.</summary>
internal readonly record struct MeshStep(MeshState State, string Refusal, MeshAdmission Admission);
