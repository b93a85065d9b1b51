namespace Redb.Cli.Clients;

/// <summary>Guesses what a mistyped name was meant to be.</summary>
internal static class NearNames
{
    /// <summary>The nearest known name, if one is near enough to be worth saying.</summary>
    public static string? Suggest(string name, IEnumerable<string> known)
    {
        var limit = Math.Max(1, name.Length / 3);
        return known
            .Select(candidate => (candidate, Distance: Distance(name, candidate)))
            .Where(pair => pair.Distance <= limit || IsPart(name, pair.candidate))
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>Insertions, removals, replacements and swaps of neighbours between two names, ignoring case.</summary>
    public static int Distance(string left, string right)
    {
        var distances = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            distances[row, 0] = row;
        }

        for (var column = 0; column <= right.Length; column++)
        {
            distances[0, column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            for (var column = 1; column <= right.Length; column++)
            {
                distances[row, column] = Cheapest(distances, left.AsSpan(0, row), right.AsSpan(0, column));
            }
        }

        return distances[left.Length, right.Length];
    }

    private static int Cheapest(int[,] distances, ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var (row, column) = (left.Length, right.Length);
        var best = Math.Min(distances[row - 1, column], distances[row, column - 1]) + 1;
        best = Math.Min(best, distances[row - 1, column - 1] + (Same(left[^1], right[^1]) ? 0 : 1));
        var isSwap = row > 1 && column > 1 && Same(left[^1], right[^2]) && Same(left[^2], right[^1]);
        return isSwap ? Math.Min(best, distances[row - 2, column - 2] + 1) : best;
    }

    // "client" is far from "clientapi" by distance, but plainly what was meant.
    private static bool IsPart(string name, string candidate) =>
        name.Length >= 3 && candidate.Contains(name, StringComparison.OrdinalIgnoreCase);

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
