using Redb.Grains.Supervision;

namespace Redb.Silo.Cluster;

/// <summary>On an island, looks for the way back: once the cluster can be joined the supervisor restarts in place, and services keep their processes.</summary>
internal sealed partial class IslandWatch(
    ClusterSeat seat,
    ClusterStanding standing,
    ISupervisorControl supervisor,
    TimeProvider time,
    ILogger<IslandWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // What was wrong with a new configuration does not get better within seconds.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(Interval, time, stoppingToken);
                var refusal = await seat.RefusalAsync(LogClock, stoppingToken);
                if (refusal.Length > 0)
                {
                    standing.RunsAlone(refusal);
                    continue;
                }

                LogJoining();
                if (await supervisor.RestartAsync() is not { Length: > 0 } cause)
                {
                    return;
                }

                standing.RunsAlone($"a restart in place is refused: {cause}");
                await Task.Delay(AfterRefusal, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The supervisor ends.
        }
    }

    [LoggerMessage(1304, LogLevel.Information, "the cluster can be joined: restarting in place, the services run on")]
    private partial void LogJoining();

    [LoggerMessage(1305, LogLevel.Warning, "{Words}")]
    private partial void LogClock(string words);
}
