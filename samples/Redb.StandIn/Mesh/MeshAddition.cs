namespace Redb.StandIn.Mesh;

/// <summary>What became of the wish for a session.</summary>
internal abstract record MeshAddition
{
    private MeshAddition() { }

    public sealed record Standing(MeshSession Session) : MeshAddition;

    public sealed record Failed(string Reason) : MeshAddition;

    /// <summary>Not yet; the attempt goes on.</summary>
    public sealed record Late : MeshAddition;
}
