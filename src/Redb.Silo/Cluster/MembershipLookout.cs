namespace Redb.Silo.Cluster;

/// <summary>
/// Reads the membership where Orleans would take its time: after this process was frozen, and each second while the membership does not answer and a
/// while longer. Orleans leaves it alone for up to a minute then, and gossip passes those by that gave no sign of life: whoever was declared dead
/// meanwhile hears of it here and comes back, and whoever joins is seen.
/// </summary>
internal sealed class MembershipLookout(
    IClusterMembershipService membership,
    ClusterStanding standing,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // As long as a busy machine may keep everybody from working.
    private static readonly TimeSpan Overslept = TimeSpan.FromSeconds(3);

    // Orleans' longest pause between two attempts, and some.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(70);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            var (tick, trouble) = (time.GetTimestamp(), (long?)null);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var hasOverslept = time.GetElapsedTime(tick) > Overslept;
                trouble = standing.IsSilent ? time.GetTimestamp() : trouble;
                if (hasOverslept || (trouble is { } last && time.GetElapsedTime(last) < Afterwards))
                {
                    await LookAsync(stoppingToken);
                }

                tick = time.GetTimestamp();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The supervisor ends.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await membership.Refresh(cancellationToken: cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The top of a loop. The table has told of it.
        }
    }
}
