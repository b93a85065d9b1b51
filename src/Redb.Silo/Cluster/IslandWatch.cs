namespace Redb.Silo.Cluster;

/// <summary>On an island, looks for the way back: once the cluster can be joined the supervisor restarts in place, and services keep their processes.</summary>
internal sealed class IslandWatch(ClusterAccess access, ClusterStanding standing, JoinMoment moment, TimeProvider time)
    : BackgroundService
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        standing.RunsAlone(access.First!.Words);
        try
        {
            await Task.Delay(access.Pause, time, stoppingToken);
            do
            {
                await Task.Delay(Interval, time, stoppingToken);
            } while (!await JoinsAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The supervisor ends.
        }
    }

    private async Task<bool> JoinsAsync(CancellationToken cancellationToken)
    {
        var verdict = await access.Approach!.LookAsync(cancellationToken);
        if (verdict.Kind != ApproachKind.Open)
        {
            moment.Pass();
            standing.RunsAlone(verdict.Words);
            return false;
        }

        var hindrance = await moment.TryAsync(cancellationToken);
        if (hindrance.Length > 0)
        {
            standing.RunsAlone(hindrance);
        }

        return hindrance.Length == 0;
    }
}
