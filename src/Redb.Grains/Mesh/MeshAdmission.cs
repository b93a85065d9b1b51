namespace Redb.Grains.Mesh;

/// <summary>How a clean node comes into the mesh.</summary>
/// <param name="Way">What to do now.</param>
/// <param name="Target">Where to join: the address of a node that is in the mesh.</param>
[GenerateSerializer, Immutable]
internal sealed record MeshAdmission([property: Id(0)] MeshAdmissionWay Way, [property: Id(1)] string Target)
{
    /// <summary>Nothing to do, or nothing yet.</summary>
    public static readonly MeshAdmission None = new(MeshAdmissionWay.None, "");

    public static readonly MeshAdmission Seed = new(MeshAdmissionWay.Seed, "");

    public static MeshAdmission Join(string target) => new(MeshAdmissionWay.Join, target);
}
