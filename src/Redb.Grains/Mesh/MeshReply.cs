namespace Redb.Grains.Mesh;

/// <summary>What a service answered, or why it did not.</summary>
internal abstract record MeshReply<T>
{
    private MeshReply() { }

    public sealed record Answered(T Value) : MeshReply<T>;

    /// <summary>It did not, or refused; the reason is for people.</summary>
    public sealed record Failed(string Reason) : MeshReply<T>;
}
