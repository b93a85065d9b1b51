namespace Redb.Grains.Mesh;

/// <summary>What a clean node is to do. Sent between silos: append, never renumber.</summary>
internal enum MeshAdmissionWay
{
    None = 0,
    Seed = 1,
    Join = 2,
}
