namespace Redb.Silo.Cluster;

/// <summary>What a start sees of the cluster. It looks again while only members that cannot be reached keep it away: to begin as an island and join after that costs more than to wait for a host that starts a moment later.</summary>
internal static class FirstLook
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Looks, and has what the last look came to.</summary>
    /// <param name="approach">The way to the others.</param>
    /// <param name="patience">How long after the first look there may be another.</param>
    /// <param name="time">The clock.</param>
    public static async Task<ApproachVerdict> TakeAsync(IClusterApproach approach, TimeSpan patience, TimeProvider time)
    {
        var began = time.GetTimestamp();
        var verdict = await approach.LookAsync(CancellationToken.None);
        while (verdict.MayPass && time.GetElapsedTime(began) < patience)
        {
            await Task.Delay(Interval, time, CancellationToken.None);
            verdict = await approach.LookAsync(CancellationToken.None);
        }

        return verdict;
    }
}
