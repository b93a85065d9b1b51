namespace Redb.Database.Nodes;

/// <summary>Ids of mesh nodes: positive numbers of 64 bits, made of the time and of chance. JSON has no such numbers; there they are text.</summary>
public static class NodeIds
{
    /// <summary>The smallest one; those below are free for people.</summary>
    public const long Lowest = 1000;

    private const int ChanceBits = 24;
    private const long TimeMask = (1L << 40) - 1;
    private const long ChanceMask = (1L << ChanceBits) - 1;

    /// <summary>The id of a node that is made now: 40 bits of milliseconds, 24 bits of chance, without sign.</summary>
    /// <param name="now">The time.</param>
    /// <param name="chance">Its lowest 24 bits count.</param>
    public static long Next(DateTimeOffset now, int chance)
    {
        var id = ((now.ToUnixTimeMilliseconds() & TimeMask) << ChanceBits) | (chance & ChanceMask);
        var magnitude = id switch
        {
            // Has no positive counterpart.
            long.MinValue => long.MaxValue,
            < 0 => -id,
            _ => id,
        };
        return magnitude < Lowest ? magnitude + Lowest : magnitude;
    }
}
