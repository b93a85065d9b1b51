using Redb.Grains.Planning;

namespace Redb.Silo.Processes;

/// <summary>Runs of services that were removed from the configuration, or disabled, while no supervisor was there to stop them.</summary>
internal sealed class StrayRuns(RunFinder finder, ExitWatcher watcher, TimeProvider time)
{
    /// <summary>All of them in the data folders of this supervisor, as of its first look at the processes of the host.</summary>
    public IReadOnlyList<StrayRun> Find(HostPlan plan) =>
        [
            .. finder
                .Marked.Where(process => process.IsLeader && !IsClaimed(plan, process.Mark))
                .Select(process => new StrayRun(process)),
        ];

    /// <summary>Ends one: its process group gets the signal, and SIGKILL when it is still there after the grace.</summary>
    /// <param name="stray">The run.</param>
    /// <param name="signal">The polite signal.</param>
    /// <param name="grace">Longest wait for the end, after each of the two signals.</param>
    /// <returns>Whether it is gone.</returns>
    public async Task<bool> StopAsync(StrayRun stray, int signal, TimeSpan grace)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (finder.Open(stray.Process, (_, _) => ended.TrySetResult()) is not { } process)
        {
            return true;
        }

        watcher.Watch(process);
        _ = process.Signal(signal);
        if (await IsOverAsync(ended.Task, grace))
        {
            return true;
        }

        _ = process.Signal(Libc.SigKill);
        return await IsOverAsync(ended.Task, grace);
    }

    private static bool IsClaimed(HostPlan plan, RunMark mark) =>
        plan.FindService(new(plan.Host, mark.Group, mark.Service)) is { Configuration.Enabled: true };

    private async Task<bool> IsOverAsync(Task ended, TimeSpan grace)
    {
        try
        {
            await ended.WaitAsync(grace, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
