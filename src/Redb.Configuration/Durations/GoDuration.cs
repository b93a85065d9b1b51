using System.Buffers;
using System.Globalization;
using System.Text;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Durations;

/// <summary>Durations as Go writes them: <c>300ms</c>, <c>1m30s</c>, <c>-1.5h</c>, with the units ns, us, ms, s, m and h.</summary>
public static class GoDuration
{
    private const long NanosecondsPerTick = 100;

    private const string TooLong = "is longer than 292 years";

    // Go counts nanoseconds in 64 bits; what it cannot hold, a service could not read back either.
    private const decimal MaxNanoseconds = long.MaxValue;

    private static readonly SearchValues<char> Numerals = SearchValues.Create("0123456789.");

    private static readonly (string Name, long Nanoseconds)[] Units =
    [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000), // U+00B5, micro sign
        ("μs", 1_000), // U+03BC, Greek letter mu
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ];

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text, without surrounding blanks.</param>
    /// <param name="duration">The duration, rounded to 100 ns but never to zero.</param>
    /// <param name="complaint">What is wrong with the text; empty when nothing is.</param>
    public static bool TryParse(string text, out TimeSpan duration, out string complaint)
    {
        duration = TimeSpan.Zero;
        complaint = "";
        var rest = text is ['+' or '-', ..] ? text.AsSpan(1) : text;
        if (rest is "0")
        {
            return true;
        }

        if (rest.IsEmpty)
        {
            complaint = "is not a duration; write one such as 30s, 1m30s or 500ms";
            return false;
        }

        var total = 0m;
        while (!rest.IsEmpty)
        {
            if (!TryReadPart(ref rest, ref total, out complaint))
            {
                return false;
            }
        }

        var ticks = decimal.Round(total / NanosecondsPerTick, MidpointRounding.AwayFromZero);
        var magnitude = (long)(total > 0 ? Math.Max(ticks, 1) : 0);
        duration = TimeSpan.FromTicks(text[0] == '-' ? -magnitude : magnitude);
        return true;
    }

    /// <summary>Writes a duration as Go's <c>Duration.String</c> does: <c>1m30s</c>, <c>1.5s</c>, <c>300ms</c>, <c>0s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var nanoseconds = Math.Abs((decimal)duration.Ticks) * NanosecondsPerTick;
        var sign = duration < TimeSpan.Zero ? "-" : "";
        return nanoseconds switch
        {
            0 => "0s",
            < 1_000 => $"{sign}{Number(nanoseconds)}ns",
            < 1_000_000 => $"{sign}{Number(nanoseconds / 1_000)}µs",
            < 1_000_000_000 => $"{sign}{Number(nanoseconds / 1_000_000)}ms",
            _ => sign + FormatClock(nanoseconds / 1_000_000_000),
        };
    }

    private static string FormatClock(decimal seconds)
    {
        var text = new StringBuilder();
        var hours = decimal.Floor(seconds / 3600);
        var minutes = decimal.Floor(seconds / 60) - (hours * 60);
        if (hours > 0)
        {
            text.Append(Number(hours)).Append('h');
        }

        if (hours > 0 || minutes > 0)
        {
            text.Append(Number(minutes)).Append('m');
        }

        return text.Append(Number(seconds % 60)).Append('s').ToString();
    }

    private static string Number(decimal number) => number.ToString("0.#########", CultureInfo.InvariantCulture);

    /// <summary>Reads one number and its unit off the front and adds them up.</summary>
    private static bool TryReadPart(ref ReadOnlySpan<char> rest, ref decimal total, out string complaint)
    {
        var digits = rest.IndexOfAnyExcept(Numerals);
        var number = digits < 0 ? rest : rest[..digits];
        if (!TryReadNumber(number, out var value, out complaint))
        {
            return false;
        }

        rest = rest[number.Length..];
        var length = rest.IndexOfAny(Numerals);
        var name = length < 0 ? rest : rest[..length];
        rest = rest[name.Length..];
        var unit = FindUnit(name);
        // Compared before multiplying, so that no product leaves the range of a decimal.
        complaint =
            name.IsEmpty
                ? $"has no unit after {Shown(number)}; write it as {Shown(number)}s, or with ns, us, ms, m or h"
            : unit is null ? $"has the unknown unit {Wording.Quote(Shown(name))}; units are ns, us, ms, s, m and h"
            : value > MaxNanoseconds / unit || (total += value * unit.Value) > MaxNanoseconds ? TooLong
            : "";
        return complaint.Length == 0;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out decimal value, out string complaint)
    {
        complaint = "";
        if (text.IndexOfAnyInRange('0', '9') < 0 || text.Count('.') > 1)
        {
            value = 0;
            complaint = "is not a duration; write one such as 30s, 1m30s or 500ms";
            return false;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        complaint = TooLong;
        return false;
    }

    private static long? FindUnit(ReadOnlySpan<char> name)
    {
        foreach (var (unit, nanoseconds) in Units)
        {
            if (name.SequenceEqual(unit))
            {
                return nanoseconds;
            }
        }

        return null;
    }

    private static string Shown(ReadOnlySpan<char> text) => text.Length > 20 ? $"{text[..20]}..." : text.ToString();
}
