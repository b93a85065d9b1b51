using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Redb.Cli.Rendering;

/// <summary>A table without borders that fits the terminal: a row is always one line.</summary>
internal sealed class ColumnTable(ImmutableArray<Column> columns, ImmutableArray<ImmutableArray<Cell>> rows)
    : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var widths = columns
            .Select((column, index) => rows.Select(row => row[index].Text.Length).Append(column.Header.Length).Max())
            .ToImmutableArray();
        var layout = TableLayout.Fit(columns, widths, maxWidth);
        var cut = CutLine.MarkFor(options);
        foreach (var segment in Line([.. columns.Select(column => new Cell(column.Header))], layout, cut))
        {
            yield return segment;
        }

        foreach (var segment in rows.SelectMany(row => Line(row, layout, cut)))
        {
            yield return segment;
        }
    }

    private IEnumerable<Segment> Line(
        ImmutableArray<Cell> cells,
        ImmutableArray<(int Column, int Width)> layout,
        string cut
    )
    {
        var indent = 0;
        foreach (var (column, width) in layout)
        {
            var (text, style) = cells[column];
            text = text.Length > width ? string.Concat(text.AsSpan(0, width - 1), cut) : text;
            var blanks = width - text.Length;
            if (text.Length > 0)
            {
                yield return new Segment(new string(' ', columns[column].AlignsRight ? indent + blanks : indent));
                yield return new Segment(text, style ?? Style.Plain);
                indent = 0;
                blanks = columns[column].AlignsRight ? 0 : blanks;
            }

            // Blanks wait for the next text, so that no line ends in them.
            indent += blanks + TableLayout.Gap;
        }

        yield return Segment.LineBreak;
    }
}
