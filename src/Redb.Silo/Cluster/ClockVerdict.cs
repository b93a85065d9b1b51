namespace Redb.Silo.Cluster;

/// <summary>What a difference of clocks means.</summary>
/// <param name="IsRefused">Whether the host may not join.</param>
/// <param name="Words">What is wrong, for people; empty when nothing is.</param>
internal sealed record ClockVerdict(bool IsRefused, string Words)
{
    /// <summary>From here on it is worth a warning.</summary>
    public static TimeSpan Warning { get; } = TimeSpan.FromSeconds(2);

    /// <summary>From here on signs of life would be taken for old, or never for old: such a host does not join.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Judges a difference.</summary>
    /// <param name="skew">This host's clock minus the database's.</param>
    public static ClockVerdict Of(TimeSpan skew)
    {
        var words = FormattableString.Invariant(
            $"this host's clock is {skew.Duration().TotalSeconds:0.0} s {(skew < TimeSpan.Zero ? "behind" : "ahead of")} that of the cluster's database"
        );
        return skew.Duration() > Limit
                ? new(
                    IsRefused: true,
                    $"{words}, more than {Limit.TotalSeconds} s: set it right (chronyc makestep, timedatectl)"
                )
            : skew.Duration() > Warning
                ? new(IsRefused: false, $"{words}: set it right before it is {Limit.TotalSeconds} s")
            : new(IsRefused: false, "");
    }
}
