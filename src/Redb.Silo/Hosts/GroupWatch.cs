using Redb.Abstractions.Instances;
using Redb.Grains.Planning;

namespace Redb.Silo.Hosts;

/// <summary>Puts every change of the groups here on the board.</summary>
internal sealed partial class GroupWatch(
    ReportBoard board,
    HostPlan host,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<GroupWatch> logger
) : BackgroundService
{
    // A group whose services start changes some dozen times a second; the last view is the one that counts.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    /// <summary>Puts the last view of each group on the board, so that the others know what was stopped.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var group in host.Groups.Select(group => group.Key))
        {
            try
            {
                board.Changed(await grains.GetGrain<IInstanceGroupGrain>(group.ToString()).GetViewAsync());
            }
            catch (Exception failure)
            {
                // The top of a loop: whatever it is, the others hear of the next group, and the supervisor ends in order.
                LogLost(group, failure);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(host.Groups.Select(group => FollowAsync(group.Key, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The supervisor ends.
        }
    }

    private async Task FollowAsync(GroupKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await FollowOnceAsync(key, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // The top of a loop: what other hosts are shown is no reason for a supervisor to end.
                LogLost(key, failure);
            }

            await Task.Delay(s_again, time, cancellationToken);
        }
    }

    private async Task FollowOnceAsync(GroupKey key, CancellationToken cancellationToken)
    {
        var group = grains.GetGrain<IInstanceGroupGrain>(key.ToString());
        await foreach (var view in group.WatchAsync(cancellationToken).WithCancellation(cancellationToken))
        {
            board.Changed(view);
            await Task.Delay(s_pause, time, cancellationToken);
        }
    }

    [LoggerMessage(1421, LogLevel.Warning, "other hosts may not see how {Group} is")]
    private partial void LogLost(GroupKey group, Exception failure);
}
