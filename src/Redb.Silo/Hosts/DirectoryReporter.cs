using Redb.Abstractions.Hosts;
using Redb.Grains.Hosts;

namespace Redb.Silo.Hosts;

/// <summary>Tells every other silo how the groups here are: at once when they change, and that there is somebody when they do not.</summary>
/// <param name="board">What there is to tell.</param>
/// <param name="directory">What is heard.</param>
/// <param name="peers">Whom to tell.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where silence is noted.</param>
internal sealed partial class DirectoryReporter(
    ReportBoard board,
    ClusterDirectory directory,
    DirectoryPeers peers,
    TimeProvider time,
    ILogger<DirectoryReporter> logger
) : BackgroundService
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, HostState> _seen = new(StringComparer.Ordinal);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        board.End();
        await TryTellAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var told = time.GetTimestamp();
            while (true)
            {
                var next = board.NextAsync();
                Oversleep(time.GetElapsedTime(told));
                told = time.GetTimestamp();
                var pause = await TryTellAsync();
                Note();
                await Task.Delay(pause, time, stoppingToken);
                await Task.WhenAny(next, Task.Delay(ClusterDirectory.SignOfLife - pause, time, stoppingToken));
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The supervisor ends.
        }
    }

    // Who was frozen, or on a machine that was, has heard nobody meanwhile; that says nothing about the others.
    private void Oversleep(TimeSpan since)
    {
        if (since > ClusterDirectory.SilentAfter - ClusterDirectory.SignOfLife)
        {
            directory.Hear(new DirectoryInput.Slept(since - ClusterDirectory.SignOfLife));
        }
    }

    /// <summary>Tells the others what is new.</summary>
    /// <returns>Time to leave the others alone.</returns>
    private async ValueTask<TimeSpan> TryTellAsync()
    {
        try
        {
            return await TellAsync();
        }
        catch (Exception failure)
        {
            // The top of a loop: what other hosts are shown is no reason for a supervisor to end. They ask for what they miss.
            LogUntold(failure);
            return ClusterDirectory.SignOfLife;
        }
    }

    private async ValueTask<TimeSpan> TellAsync()
    {
        directory.Hear(new DirectoryInput.MembersChanged(peers.Members));
        var others = peers.Others;
        var keys = others.Select(member => (member.Name, (long)member.SiloAddress.Generation));
        var (reports, unheard, services) = board.Take([.. keys, board.Self]);
        directory.Hear(new DirectoryInput.Reported(reports[^1]));
        foreach (var (member, report) in others.Zip(reports))
        {
            await peers.Of(member).HearAsync(report);
            if (unheard.Contains(member.Name))
            {
                await peers.Of(member).MissedAsync(report.Silo);
            }
        }

        return Outbox.Pause(services, others.Length, s_shortest, ClusterDirectory.SignOfLife);
    }

    private void Note()
    {
        if (!directory.DiffersFrom(_seen))
        {
            return;
        }

        foreach (var host in directory.Show())
        {
            if (_seen.TryGetValue(host.Silo, out var before) && before != host.State)
            {
                if (host.State == HostState.Up)
                {
                    LogBack(host.Host, host.Silo);
                }
                else
                {
                    LogGone(host.Host, host.State, host.SilentFor.TotalSeconds, host.Reason, host.Silo);
                }
            }

            _seen[host.Silo] = host.State;
        }
    }

    [LoggerMessage(
        1401,
        LogLevel.Warning,
        "host {Host} is {State}, silent for {Seconds:0.0} s: {Reason} (silo {Silo})"
    )]
    private partial void LogGone(string host, HostState state, double seconds, string reason, string silo);

    [LoggerMessage(1403, LogLevel.Warning, "other hosts could not be told how the groups here are")]
    private partial void LogUntold(Exception failure);

    [LoggerMessage(1402, LogLevel.Information, "host {Host} is back (silo {Silo})")]
    private partial void LogBack(string host, string silo);
}
