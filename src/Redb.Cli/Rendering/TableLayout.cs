using System.Collections.Immutable;

namespace Redb.Cli.Rendering;

/// <summary>Decides which columns fit and how wide the last one may be.</summary>
internal static class TableLayout
{
    /// <summary>Blanks between two columns.</summary>
    public const int Gap = 2;

    // Narrower than this, the reason says too little to be worth another column.
    private const int UsefulReason = 30;

    /// <summary>Drops columns from the right until the rest fits; the last column is elastic and is cut before others are dropped.</summary>
    /// <param name="columns">The columns; the last one holds free text.</param>
    /// <param name="widths">What each column needs.</param>
    /// <param name="available">Width of the terminal.</param>
    /// <returns>The columns that stay, each with its width.</returns>
    public static ImmutableArray<(int Column, int Width)> Fit(
        ImmutableArray<Column> columns,
        ImmutableArray<int> widths,
        int available
    )
    {
        var last = columns.Length - 1;
        var kept = Enumerable.Range(0, last).ToList();
        var useful = Math.Min(widths[last], UsefulReason);
        while (
            Needed(kept, widths) + useful > available
            && kept.FindLastIndex(index => !columns[index].IsEssential) is >= 0 and var victim
        )
        {
            kept.RemoveAt(victim);
        }

        var layout = kept.Select(index => (index, widths[index])).ToList();
        var left = available - Needed(kept, widths);
        if (left >= Math.Min(widths[last], columns[last].Header.Length))
        {
            layout.Add((last, Math.Min(widths[last], left)));
        }

        return [.. layout];
    }

    private static int Needed(List<int> kept, ImmutableArray<int> widths) => kept.Sum(index => widths[index] + Gap);
}
