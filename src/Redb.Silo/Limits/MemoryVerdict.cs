using Redb.Abstractions.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Limits;

/// <summary>Says whether the kernel killed for memory in a run's cgroup, and whose limit it was.</summary>
internal static class MemoryVerdict
{
    private const int BytesPerMegabyte = 1 << 20;

    // The kernel takes memory from a limit in portions of 64 pages for each CPU, so the peak may stay just below it.
    private const long Slack = BytesPerMegabyte;

    /// <summary>Null when nothing was killed for memory, else words to stand behind how the run ended.</summary>
    /// <param name="place">The run's cgroup that carries the memory controller.</param>
    /// <param name="exit">How its main process ended; null when unknown.</param>
    public static string? Of(CgroupPlace place, RunExit? exit)
    {
        var (kills, limit, isReached) = place.Version == 1 ? First(place.Folder) : Second(place.Folder);
        if (kills == 0)
        {
            return null;
        }

        var isMain = exit is null or { Code: null, Signal: null or Libc.SigKill };
        var what = isMain ? "killed for memory" : "a process of it was killed for memory";
        var megabytes = limit / BytesPerMegabyte;
        return isReached
            ? $"{what}: limit {megabytes} MB (cgroup v{place.Version})"
            : $"{what} by the host or an outer cgroup, below its own limit of {megabytes} MB (cgroup v{place.Version})";
    }

    // The kernel counts here every member that it killed, also for a limit further up.
    private static (long Kills, long Limit, bool IsReached) First(string folder)
    {
        var limit = CgroupFile.Number(folder, "memory.limit_in_bytes");
        var peak = CgroupFile.Number(folder, "memory.max_usage_in_bytes");
        return (CgroupFile.Number(folder, "memory.oom_control", "oom_kill"), limit, peak + Slack >= limit);
    }

    private static (long Kills, long Limit, bool IsReached) Second(string folder) =>
        (
            CgroupFile.Number(folder, "memory.events", "oom_kill"),
            CgroupFile.Number(folder, "memory.max"),
            CgroupFile.Number(folder, "memory.events", "oom") > 0
        );
}
