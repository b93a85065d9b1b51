using System.Globalization;

namespace Redb.Cli.Rendering;

/// <summary>What is known of where a command writes to.</summary>
/// <param name="IsOutputTerminal">Whether somebody looks at standard output.</param>
/// <param name="IsErrorTerminal">Whether somebody looks at standard error.</param>
/// <param name="IsColoured">Whether colour is allowed.</param>
/// <param name="IsColourForced">Whether colour is wanted even without a terminal.</param>
/// <param name="Width">Columns; 80 where unknown.</param>
internal sealed record TerminalTraits(
    bool IsOutputTerminal,
    bool IsErrorTerminal,
    bool IsColoured,
    bool IsColourForced,
    int Width
)
{
    /// <summary>Width where nothing is known.</summary>
    public const int DefaultWidth = 80;

    /// <summary>Reads the conventions: NO_COLOR, CLICOLOR_FORCE, TERM, COLUMNS.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="isOutputTerminal">Whether standard output is a terminal.</param>
    /// <param name="isErrorTerminal">Whether standard error is a terminal.</param>
    /// <param name="terminalWidth">Width as the terminal says; 0 when it does not.</param>
    public static TerminalTraits Read(
        Func<string, string?> environment,
        bool isOutputTerminal,
        bool isErrorTerminal,
        int terminalWidth
    )
    {
        var refused = environment("NO_COLOR") is { Length: > 0 };
        var dumb = string.Equals(environment("TERM"), "dumb", StringComparison.Ordinal);
        var forced = string.Equals(environment("CLICOLOR_FORCE"), "1", StringComparison.Ordinal) && !refused;
        return new(
            isOutputTerminal && !dumb,
            isErrorTerminal && !dumb,
            !refused && (!dumb || forced),
            forced,
            WidthOf(environment("COLUMNS"), terminalWidth)
        );
    }

    private static int WidthOf(string? columns, int terminalWidth)
    {
        if (terminalWidth > 0)
        {
            return terminalWidth;
        }

        return int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0
            ? width
            : DefaultWidth;
    }
}
