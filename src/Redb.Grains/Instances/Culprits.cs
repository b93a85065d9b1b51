namespace Redb.Grains.Instances;

/// <summary>Names those who are to blame, for people.</summary>
internal static class Culprits
{
    // So many fit into a line of a terminal; the table shows them all.
    private const int Named = 3;

    /// <summary><c>a, b, c and 4 more</c>.</summary>
    public static string Name(IEnumerable<string> culprits, int count)
    {
        var more = count > Named ? $" and {count - Named} more" : "";
        return string.Join(", ", culprits.Take(Named)) + more;
    }
}
