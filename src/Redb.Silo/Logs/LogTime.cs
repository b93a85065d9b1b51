using System.Globalization;
using System.Text;

namespace Redb.Silo.Logs;

/// <summary>Reads the time a log line begins with.</summary>
internal static class LogTime
{
    private const byte Escape = 0x1B;
    private const int LongestTime = 40;
    private const string ConsoleFormat = "yyyy-MM-dd HH:mm:ss.fff";

    /// <summary>
    /// Understands <c>[2026-11-23 13:01:38.123]</c> as time of <paramref name="zone"/> and RFC 3339 (<c>2026-11-23T13:01:38Z</c>),
    /// after any colours; null for anything else.
    /// </summary>
    public static DateTimeOffset? Read(ReadOnlySpan<byte> line, TimeZoneInfo zone)
    {
        line = WithoutColours(line);
        if (line.IsEmpty || (line[0] != '[' && !char.IsAsciiDigit((char)line[0])))
        {
            return null;
        }

        return line[0] == '[' ? ReadConsole(line[1..], zone) : ReadRfc3339(line);
    }

    private static ReadOnlySpan<byte> WithoutColours(ReadOnlySpan<byte> line)
    {
        while (line.Length > 1 && line[0] == Escape && line[1] == '[')
        {
            var end = line.IndexOf((byte)'m');
            if (end < 0)
            {
                break;
            }

            line = line[(end + 1)..];
        }

        return line;
    }

    private static DateTimeOffset? ReadConsole(ReadOnlySpan<byte> text, TimeZoneInfo zone)
    {
        if (
            text.Length <= ConsoleFormat.Length
            || text[ConsoleFormat.Length] != ']'
            || !DateTime.TryParseExact(
                Encoding.UTF8.GetString(text[..ConsoleFormat.Length]),
                ConsoleFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local
            )
        )
        {
            return null;
        }

        return new(local, zone.GetUtcOffset(local));
    }

    private static DateTimeOffset? ReadRfc3339(ReadOnlySpan<byte> text)
    {
        var end = text[..Math.Min(text.Length, LongestTime)].IndexOfAny((byte)' ', (byte)'\t');
        var word = end < 0 ? text : text[..end];
        return
            word.Length is >= 20 and <= LongestTime
            && word[10] == 'T'
            && DateTimeOffset.TryParse(
                Encoding.UTF8.GetString(word),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var at
            )
            ? at
            : null;
    }
}
