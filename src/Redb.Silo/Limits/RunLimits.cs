using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Services;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Limits;

/// <summary>The limits of one run, from before its launch until after its end.</summary>
/// <param name="order">What was ordered.</param>
/// <param name="audience">Who is told of a limit that is only watched.</param>
/// <param name="cgroups">The run's own cgroups, one for each hierarchy that it needs.</param>
/// <param name="world">What all runs share.</param>
internal sealed partial class RunLimits(
    LaunchOrder order,
    RunAudience audience,
    ImmutableArray<CgroupPlace> cgroups,
    LimitWorld world
)
{
    private const string Threads = "tasks";
    private const string ThisThread = "0";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    // The hierarchies in which the launching thread waits for its child to be born.
    private readonly List<CgroupPlace> _entered = [];
    private int _pid;

    public ImmutableArray<CgroupPlace> Cgroups { get; } = cgroups;

    /// <summary>What is left to the limits that the kernel keeps for a process.</summary>
    public ResourceConfiguration Rest =>
        Carries(Controller.Tasks) ? order.Resources with { MaxTasks = 0 } : order.Resources;

    /// <summary>Whether a cgroup of the run carries a controller.</summary>
    public bool Carries(string controller) => Cgroups.Any(cgroup => cgroup.Carries(controller));

    /// <summary>
    /// Before the spawn: under version 1 this thread steps into the run's cgroups, so that the child is born there. Version 2 moves
    /// only whole processes; there the child is moved right after the spawn.
    /// </summary>
    /// <returns>Null, or a sentence on the limit that could not be set.</returns>
    public string? Enter()
    {
        // The launching thread counts while it is inside, and its quota would hold it up: that comes when it has left.
        var meanwhile = order.Resources with
        {
            MaxTasks = order.Resources.MaxTasks > 0 ? order.Resources.MaxTasks + 1 : 0,
            MaxCpuPercent = 0,
        };
        foreach (var cgroup in Cgroups)
        {
            if (Write(cgroup, cgroup.Version == 1 ? meanwhile : order.Resources) is { } refusal)
            {
                return refusal;
            }

            if (cgroup.Version == 1 && CgroupFile.Write(cgroup.Folder, Threads, ThisThread) == 0)
            {
                _entered.Add(cgroup);
            }
        }

        return null;
    }

    /// <summary>After the spawn, on the same thread: steps out again, and sets what is left to set.</summary>
    /// <returns>Null, or a sentence on the limit that could not be set.</returns>
    public string? Hold(int pid)
    {
        var toJoin = Cgroups.Except(_entered).ToList();
        var toLimit = Cgroups.Where(cgroup => cgroup.Version == 1).ToList();

        // Before this thread leaves, so that the child cannot take its place.
        var refusal =
            First(toLimit, cgroup => Write(cgroup, new() { MaxTasks = order.Resources.MaxTasks }))
            ?? Leave()
            ?? First(toJoin, cgroup => Join(cgroup, pid))
            ?? First(toLimit, cgroup => Write(cgroup, new() { MaxCpuPercent = order.Resources.MaxCpuPercent }));
        if (refusal is null)
        {
            Watch(pid);
        }

        return refusal;
    }

    /// <summary>Steps out of the run's cgroups; does nothing when this thread is in none.</summary>
    /// <returns>Null, or a sentence on why this thread is still in there.</returns>
    public string? Leave()
    {
        string? refusal = null;
        foreach (var cgroup in _entered)
        {
            var home = world.Places.First(place => cgroup.Controllers.Any(place.Carries));
            if (CgroupFile.Write(home.Folder, Threads, ThisThread) is not 0 and var error)
            {
                refusal = $"the supervisor could not step back into its cgroup {home.Folder}: {Errno.Describe(error)}";
            }
        }

        _entered.Clear();
        return refusal;
    }

    /// <summary>From now on the memory of the run is looked at now and then, if no cgroup limits it.</summary>
    public void Watch(int pid)
    {
        _pid = pid;
        if (order.Resources.MaxMemoryMb > 0 && !Carries(Controller.Memory))
        {
            world.Sampler.Watch(
                pid,
                order.Resources.MaxMemoryMb,
                reason => audience.TellAsync(reports => reports.LimitExceededAsync(order.Run, reason))
            );
        }
    }

    /// <summary>After a launch that came to nothing: kills what is in the cgroups and removes those that are empty at once.</summary>
    public void Abandon()
    {
        _ = Leave();
        foreach (var cgroup in Cgroups)
        {
            _ = TryRemove(cgroup);
        }
    }

    /// <summary>Whether something of the run was killed for memory, in words; null when not.</summary>
    public string? Verdict(RunExit? exit) =>
        Cgroups
            .Where(cgroup => cgroup.Carries(Controller.Memory))
            .Select(cgroup => MemoryVerdict.Of(cgroup, exit))
            .FirstOrDefault(verdict => verdict is not null);

    /// <summary>After the end of the main process: kills all that is left in the cgroups, waits until it is gone, and removes them.</summary>
    /// <remarks>The wait is bounded; ordinarily nothing is left and there is none.</remarks>
    /// <returns>Whether the run was killed for memory, in words; null when not.</returns>
    public async ValueTask<string?> EndAsync(RunExit? exit)
    {
        world.Sampler.Forget(_pid);
        var verdict = Verdict(exit);
        var (left, began, pause) = (Cgroups, world.Time.GetTimestamp(), FirstPause);
        while ((left = left.RemoveAll(TryRemove)).Length > 0)
        {
            if (world.Time.GetElapsedTime(began) >= world.RemovalPatience)
            {
                LogLeft(world.Logger, left[0].Folder, string.Join(", ", CgroupFile.Processes(left[0].Folder)));
                break;
            }

            await Task.Delay(pause, world.Time);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        return verdict;
    }

    private static bool TryRemove(CgroupPlace cgroup)
    {
        _ = Stragglers.Kill(cgroup.Folder);
        return CgroupFile.Remove(cgroup.Folder);
    }

    private static string? First(IEnumerable<CgroupPlace> cgroups, Func<CgroupPlace, string?> act) =>
        cgroups.Select(act).FirstOrDefault(refusal => refusal is not null);

    private static string? Join(CgroupPlace cgroup, int pid)
    {
        // One that has ended by now needs no limits.
        var error = CgroupFile.Write(cgroup.Folder, CgroupFile.Members, pid.ToString(CultureInfo.InvariantCulture));
        return error is 0 or Errno.NoProcess
            ? null
            : $"the process could not be moved into the cgroup {cgroup.Folder}: {Errno.Describe(error)}";
    }

    private static string? Write(CgroupPlace cgroup, ResourceConfiguration resources)
    {
        var files = Controller
            .Of(resources)
            .Where(cgroup.Carries)
            .SelectMany(controller => ControllerFile.For(cgroup.Version, controller, resources));
        foreach (var file in files)
        {
            // The tree's folder has the files that a run's has.
            var isThere = !file.IsOptional || File.Exists(Path.Combine(cgroup.Folder, "..", file.Name));
            if (isThere && CgroupFile.Write(cgroup.Folder, file.Name, file.Value) is not 0 and var error)
            {
                return $"{file.Key} could not be set: {cgroup.Folder}/{file.Name} refuses {file.Value}: {Errno.Describe(error)}";
            }
        }

        return null;
    }

    [LoggerMessage(
        61,
        LogLevel.Warning,
        "The cgroup {Folder} of an ended run could not be removed: it holds {Processes}."
    )]
    private static partial void LogLeft(ILogger logger, string folder, string processes);
}
