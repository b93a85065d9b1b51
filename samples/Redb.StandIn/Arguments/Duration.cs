using System.Buffers;
using System.Globalization;

namespace Redb.StandIn.Arguments;

/// <summary>Reads durations as reDB writes them: <c>300ms</c>, <c>10s</c>, <c>1m30s</c>.</summary>
internal static class Duration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(rest[..digits], CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            rest = rest[digits..];
            var end = rest.IndexOfAny(Digits);
            var unit = Unit(end < 0 ? rest : rest[..end]);
            if (unit == TimeSpan.Zero)
            {
                return false;
            }

            duration += number * unit;
            rest = end < 0 ? [] : rest[end..];
        }

        return text.Length > 0;
    }

    private static TimeSpan Unit(ReadOnlySpan<char> name) =>
        name switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
}
