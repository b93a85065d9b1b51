using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Redb.Cli.Rendering;

/// <summary>Text that stays one line: what does not fit is cut.</summary>
internal sealed class CutLine(ImmutableArray<Cell> parts) : Renderable
{
    /// <summary>What stands for text that was cut.</summary>
    public static string MarkFor(RenderOptions options) => options.Unicode ? "…" : "~";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var isCut = parts.Sum(part => part.Text.Length) > maxWidth;
        var left = isCut ? maxWidth - 1 : maxWidth;
        foreach (var (text, style) in parts)
        {
            var fits = text[..Math.Min(text.Length, left)];
            left -= fits.Length;
            if (fits.Length > 0)
            {
                yield return new Segment(left == 0 && isCut ? fits.TrimEnd() : fits, style ?? Style.Plain);
            }
        }

        if (isCut)
        {
            yield return new Segment(MarkFor(options));
        }

        yield return Segment.LineBreak;
    }
}
