using System.Globalization;

namespace Redb.Silo.Cluster;

/// <summary>How far this host's clock is from the database's, whose times the members of the cluster compare.</summary>
internal static class ClockSkew
{
    /// <summary>From here on it is worth a warning.</summary>
    public static TimeSpan Warning { get; } = TimeSpan.FromSeconds(2);

    /// <summary>From here on signs of life would be taken for old, or never for old: such a host does not join.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Asks for the other clock's time and compares it with the middle of asking and answer.</summary>
    /// <returns>This host's clock minus the other one.</returns>
    public static async Task<TimeSpan> MeasureAsync(TimeProvider time, Func<Task<DateTimeOffset>> other)
    {
        var before = time.GetTimestamp();
        var asked = time.GetUtcNow();
        var theirs = await other();
        return asked + (time.GetElapsedTime(before) / 2) - theirs;
    }

    /// <summary>What a difference means.</summary>
    /// <param name="skew">This host's clock minus the database's.</param>
    public static ClockVerdict Judge(TimeSpan skew)
    {
        var size = skew.Duration();
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"this host's clock is {size.TotalSeconds:0.0} s {(skew < TimeSpan.Zero ? "behind" : "ahead of")} the database's"
        );
        return size > Limit
                ? new(
                    IsRefused: true,
                    $"{words}, more than {Limit.TotalSeconds} s: set it right (chronyc makestep, timedatectl)"
                )
            : size > Warning ? new(IsRefused: false, $"{words}: set it right before it is {Limit.TotalSeconds} s")
            : new(IsRefused: false, "");
    }
}
