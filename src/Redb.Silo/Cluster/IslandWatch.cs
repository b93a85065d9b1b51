using Redb.Grains.Supervision;

namespace Redb.Silo.Cluster;

/// <summary>On an island, looks for the way back: once the cluster can be joined the supervisor restarts in place, and services keep their processes.</summary>
internal sealed partial class IslandWatch(
    ClusterAccess access,
    ClusterStanding standing,
    ISupervisorControl supervisor,
    TimeProvider time,
    ILogger<IslandWatch> logger
) : BackgroundService
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // What was wrong with a new configuration does not get better within seconds.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        standing.RunsAlone(access.First!.Words);
        try
        {
            await Task.Delay(access.Pause, time, stoppingToken);
            while (true)
            {
                await Task.Delay(Interval, time, stoppingToken);
                var verdict = await access.Approach!.LookAsync(stoppingToken);
                if (verdict.Kind != ApproachKind.Open)
                {
                    standing.RunsAlone(verdict.Words);
                    continue;
                }

                LogJoining();
                if (await supervisor.RestartAsync() is not { Length: > 0 } refusal)
                {
                    return;
                }

                standing.RunsAlone($"the cluster can be joined, but a restart in place is refused: {refusal}");
                await Task.Delay(AfterRefusal, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The supervisor ends.
        }
    }

    [LoggerMessage(1305, LogLevel.Information, "the cluster can be joined: restarting in place, the services run on")]
    private partial void LogJoining();
}
