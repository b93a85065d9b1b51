using Redb.Grains.Journal;
using Redb.Grains.Planning;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Hosting;

/// <summary>
/// Launches what is certain to be launched while the silo still starts, on the other core: a silo takes half a second, and most first services need nothing of it.
/// </summary>
/// <remarks>The grains decide the same once they are there (<see cref="HeadStart"/>), order it, and find it done. Until then a process is nobody's but its mark's.</remarks>
internal sealed partial class EarlyLaunches(
    HostPlan plan,
    IJournal journal,
    ProcessLauncher launcher,
    TimeProvider time,
    ILogger<EarlyLaunches> logger
)
{
    /// <summary>Launches one after the other; what is left when the supervisor is asked to end is left to whoever comes next.</summary>
    public Task RunAsync(CancellationToken ended) => Task.Run(() => LaunchAsync(ended), CancellationToken.None);

    private async Task LaunchAsync(CancellationToken ended)
    {
        try
        {
            var starts = plan
                .Groups.SelectMany(group => HeadStart.Of(group, journal, Moment.Of(time)))
                .Where(start => launcher.IsUntouched(start.Order.Service))
                .ToArray();
            foreach (var start in starts)
            {
                Remember(start.Order, start.Intent);
            }

            // The intent first, as ever: a successor must look for these runs.
            await journal.FlushAsync();
            foreach (var start in starts.TakeWhile(_ => !ended.IsCancellationRequested))
            {
                if (launcher.LaunchAhead(start.Order) is LaunchResult.Started started)
                {
                    Remember(start.Order, start.Intent with { Process = started.Process });
                }
            }
        }
        catch (Exception failure)
        {
            // Nothing is lost: the grains launch what is missing.
            LogFailed(failure);
        }
    }

    private void Remember(LaunchOrder order, ServiceMemory memory) =>
        journal.Write(new JournalEntry.OfService(order.Service, memory, []));

    [LoggerMessage(60, LogLevel.Warning, "Services could not be launched before the silo was up.")]
    private partial void LogFailed(Exception failure);
}
