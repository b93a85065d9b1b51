using System.Globalization;
using Redb.Configuration.Durations;

namespace Redb.Cli.Rendering;

/// <summary>Reads durations as Go writes them (<c>1h30m</c>, <c>250ms</c>) and writes short ones for people.</summary>
internal static class DurationText
{
    /// <summary>Reads a duration that is not negative.</summary>
    public static bool TryParse(string text, out TimeSpan duration) =>
        GoDuration.TryParse(text, out duration, out _) && duration >= TimeSpan.Zero;

    /// <summary>Two units at most: <c>3d4h</c>, <c>2h15m</c>, <c>12m05s</c>, <c>45s</c>.</summary>
    public static string Short(TimeSpan duration)
    {
        duration = duration < TimeSpan.Zero ? TimeSpan.Zero : duration;
        return duration switch
        {
            { TotalDays: >= 1 } => $"{(int)duration.TotalDays}d{duration.Hours}h",
            { TotalHours: >= 1 } => $"{duration.Hours}h{duration.Minutes:00}m",
            { TotalMinutes: >= 1 } => $"{duration.Minutes}m{duration.Seconds:00}s",
            _ => $"{duration.Seconds}s",
        };
    }

    /// <summary>Seconds with one decimal: <c>1.2s</c>.</summary>
    public static string Exact(TimeSpan duration) =>
        string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0}s");
}
