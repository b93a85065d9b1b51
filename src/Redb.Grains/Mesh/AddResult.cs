namespace Redb.Grains.Mesh;

/// <summary>What became of an attempt at a session.</summary>
internal abstract record AddResult
{
    private AddResult() { }

    /// <summary>A session stands.</summary>
    /// <param name="Peer">The node that answered.</param>
    public sealed record Connected(ulong Peer) : AddResult;

    /// <summary>It does not; the reason is for people.</summary>
    public sealed record Failed(string Reason) : AddResult;
}
