namespace Redb.Grains.Mesh;

/// <summary>What the mesh service of a node is to be asked after a step.</summary>
internal abstract record LinkEffect
{
    private LinkEffect() { }

    /// <summary>For a session with a peer.</summary>
    public sealed record Add(long Run, ulong Node, string Address) : LinkEffect;

    /// <summary>To end the session with a node that left.</summary>
    public sealed record Drop(long Run, ulong Node) : LinkEffect;

    /// <summary>Which sessions there are.</summary>
    public sealed record Verify(long Run) : LinkEffect;
}
