using Redb.Abstractions.Instances;
using Redb.Grains.Planning;

namespace Redb.Silo.Hosts;

/// <summary>Puts every change of the groups here on the board.</summary>
internal sealed class GroupWatch(ReportBoard board, HostPlan host, IGrainFactory grains, TimeProvider time)
    : BackgroundService
{
    // A group whose services start changes some dozen times a second; the last view is the one that counts.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Puts the last view of each group on the board, so that the others know what was stopped.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var group in host.Groups)
        {
            board.Changed(await grains.GetGrain<IInstanceGroupGrain>(group.Key.ToString()).GetViewAsync());
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
        var group = grains.GetGrain<IInstanceGroupGrain>(key.ToString());
        await foreach (var view in group.WatchAsync(cancellationToken).WithCancellation(cancellationToken))
        {
            board.Changed(view);
            await Task.Delay(s_pause, time, cancellationToken);
        }
    }
}
