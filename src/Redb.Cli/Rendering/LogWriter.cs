using System.Globalization;
using Redb.Abstractions.Logs;

namespace Redb.Cli.Rendering;

/// <summary>Writes log lines for people: <c>14:02:11.123 core | text</c>.</summary>
/// <param name="writer">Standard output.</param>
/// <param name="style">How a line looks.</param>
/// <param name="zone">Zone of the times.</param>
internal sealed class LogWriter(TextWriter writer, LogStyle style, TimeZoneInfo zone)
{
    // Cyan, yellow, green, magenta, blue: red is for trouble.
    private static readonly string[] Colours = ["36", "33", "32", "35", "34", "96", "93", "92", "95", "94"];

    private const string ClockFormat = "HH:mm:ss.fff";
    private const string FullFormat = "yyyy-MM-ddTHH:mm:ss.fffzzz";

    /// <summary>Writes one line.</summary>
    public void Write(LogLine line)
    {
        if (style.HasTimestamps || style.HasPrefix)
        {
            writer.Write(TimeOf(line.At));
            writer.Write(' ');
        }

        if (style.HasPrefix)
        {
            var name = line.Service.PadRight(style.NameWidth);
            writer.Write(style.IsColoured ? $"\e[{ColourOf(line.Service)}m{name} |\e[0m " : $"{name} | ");
        }

        writer.WriteLine(line.Text);
    }

    private string TimeOf(DateTimeOffset? at)
    {
        var format = style.HasTimestamps ? FullFormat : ClockFormat;
        return at is { } known
            ? TimeZoneInfo.ConvertTime(known, zone).ToString(format, CultureInfo.InvariantCulture)
            : new string(' ', ClockFormat.Length);
    }

    // The same colour in every run: a hash that does not change from process to process.
    private static string ColourOf(string name) =>
        Colours[name.Aggregate(17, (hash, character) => ((hash * 31) + character) & 0xffff) % Colours.Length];
}
