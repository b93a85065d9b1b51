namespace Redb.Cli.Rendering;

/// <summary>Keeps text of others from moving the cursor or breaking a table.</summary>
internal static class Printable
{
    /// <summary>The text in one line, control characters as spaces.</summary>
    public static string Line(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\x1f') || text.Contains('\x7f', StringComparison.Ordinal)
            ? string.Create(
                text.Length,
                text,
                static (span, source) =>
                {
                    for (var index = 0; index < span.Length; index++)
                    {
                        span[index] = char.IsControl(source[index]) ? ' ' : source[index];
                    }
                }
            )
            : text;
}
