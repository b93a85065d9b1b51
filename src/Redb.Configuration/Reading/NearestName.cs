namespace Redb.Configuration.Reading;

/// <summary>Guesses which known name was meant by an unknown one.</summary>
internal static class NearestName
{
    // Longer than any name we know plus any typo in it; bounds the work for keys made of garbage.
    private const int LongestGuessed = 64;

    /// <summary>The known name at the smallest edit distance, if it is near enough to be a typo; null otherwise.</summary>
    public static string? Find(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > LongestGuessed)
        {
            return null;
        }

        var lower = written.ToLowerInvariant().Replace('-', '_');
        var (nearest, distance) = known
            .Select(name => (Name: name, Distance: Distance(lower, name.ToLowerInvariant().Replace('-', '_'))))
            .OrderBy(static guess => guess.Distance)
            .FirstOrDefault((Name: "", Distance: int.MaxValue));
        return distance <= Math.Max(1, Math.Min(written.Length, nearest.Length) / 3) ? nearest : null;
    }

    /// <summary><c>; did you mean "x"?</c>, or nothing.</summary>
    public static string Suggest(string written, IEnumerable<string> known) =>
        Find(written, known) is { } name ? $"; did you mean {Wording.Quote(name)}?" : "";

    /// <summary>Insertions, deletions, replacements and swaps of neighbours it takes to turn one text into the other.</summary>
    internal static int Distance(string from, string to)
    {
        var costs = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                costs[i, j] = Cost(costs, from, to, i, j);
            }
        }

        return costs[from.Length, to.Length];
    }

    private static int Cost(int[,] costs, string from, string to, int i, int j)
    {
        if (i == 0 || j == 0)
        {
            return i + j;
        }

        var replaced = costs[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
        var cost = Math.Min(replaced, Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
        return swapped ? Math.Min(cost, costs[i - 2, j - 2] + 1) : cost;
    }
}
