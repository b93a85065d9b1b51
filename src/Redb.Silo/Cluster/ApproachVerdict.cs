namespace Redb.Silo.Cluster;

/// <summary>What a look at the cluster came to.</summary>
/// <param name="Kind">Whether it can be joined.</param>
/// <param name="Words">Why not, with what to do, or what else is worth a warning; empty when all is well.</param>
internal sealed record ApproachVerdict(ApproachKind Kind, string Words)
{
    /// <summary>Whether nothing is in the way but members that cannot be reached: who has just lost its power is back, or no member any more, in a moment.</summary>
    public bool MayPass { get; init; }
}
