using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;
using Redb.Abstractions.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Services;

namespace Redb.Silo.Processes;

/// <summary>Finds the processes of runs that an earlier supervisor launched, by their journaled identity or by their mark.</summary>
/// <remarks>
/// Looks through all processes once, and only when an identity does not answer: by then whatever an earlier supervisor
/// launched is there, and nothing that is launched later is of interest.
/// </remarks>
internal sealed class RunFinder
{
    private readonly RunMarks _marks;
    private readonly InheritedChildren _inherited;
    private readonly Lazy<IReadOnlyList<MarkedProcess>> _marked;
    private readonly Lock _lock = new();
    private ILookup<(string Group, string Service), MarkedProcess>? _byService;

    public RunFinder(ExitWatcher watcher, IOptions<ProcessOptions> options)
    {
        _marks = new(options.Value);
        _inherited = watcher.Inherited;
        _marked = new(() => MarkedProcess.Find(_marks.Folders));
    }

    /// <summary>The mark that a run is launched with.</summary>
    public RunMark MarkOf(ServiceKey service, RunId run) => _marks.Of(service, run);

    /// <summary>Everything that bore a mark of ours when this supervisor began to look.</summary>
    public IReadOnlyList<MarkedProcess> Marked => _marked.Value;

    /// <summary>Looks for a run, or for a later one of its service that no journal knows of.</summary>
    /// <param name="run">The run as journaled.</param>
    /// <param name="identity">Its process as journaled; null when the journal only knows that it was about to be launched.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It may live, but cannot be watched.</exception>
    public FoundRun Find(RunMark run, RunIdentity? identity)
    {
        var journaled = identity is null ? new FoundRun.Nothing() : Examine(run, identity);
        if (journaled is FoundRun.Alive)
        {
            return journaled;
        }

        var marked = FindMarked(run, FirstOfInterest(run, identity));
        return marked is FoundRun.Alive || journaled is FoundRun.Nothing ? marked ?? journaled : journaled;
    }

    /// <summary>Ends what dead runs of a service left behind, from the given run on.</summary>
    /// <param name="run">The first run.</param>
    /// <param name="before">The run that lives; <see cref="long.MaxValue"/> when none does.</param>
    /// <returns>The process groups of those that were ended.</returns>
    public IReadOnlyList<int> EndStragglers(RunMark run, long before)
    {
        var groups = new List<int>();
        foreach (var process in Of(run).Where(process => process.Mark.Run >= run.Run && process.Mark.Run < before))
        {
            using var descriptor = process.Open();
            if (descriptor is not null && PidFd.Signal(descriptor, Libc.SigKill))
            {
                groups.Add(process.Status.Group);
            }
        }

        return groups;
    }

    /// <summary>Opens a process to be watched and ended; null when it is gone.</summary>
    public WatchedProcess? Open(MarkedProcess process, Action<WatchedProcess, ChildExit> ended) =>
        Open(process) is { } descriptor ? WatchedProcess.Of(process.Pid, process.Status, descriptor, ended) : null;

    private SafeFileHandle? Open(MarkedProcess process)
    {
        _ = _inherited.Claim(process.Pid, process.Status.Started);
        return process.Open();
    }

    private FoundRun Examine(RunMark run, RunIdentity identity)
    {
        if (identity.BootId != BootId.Current)
        {
            return new FoundRun.Dead(default, IsOfOtherBoot: true);
        }

        if (_inherited.Claim(identity.Pid, identity.StartTicks) is { } reaped)
        {
            return new FoundRun.Dead(reaped, IsOfOtherBoot: false);
        }

        // Opened first, compared then: what is compared is what the descriptor means, whatever becomes of the number.
        var descriptor = PidFd.Open(identity.Pid);
        var status = descriptor is null ? null : ProcessStatus.Read(identity.Pid);
        var isOurs = status?.Started == identity.StartTicks && !Contradicts(RunMark.Of(identity.Pid), run);
        if (isOurs && !PidFd.HasEnded(descriptor!))
        {
            return new FoundRun.Alive(run.Run, identity.Pid, status!, descriptor!);
        }

        using (descriptor)
        {
            return new FoundRun.Dead(isOurs ? ExitOf(identity.Pid, status!, descriptor!) : default, false);
        }
    }

    private static long FirstOfInterest(RunMark run, RunIdentity? identity) =>
        identity switch
        {
            null => run.Run,

            // Whatever lives is newer than the journal, even when its number says otherwise.
            { } other when other.BootId != BootId.Current => 0,

            // With a known process of its own, another leader of the very same run can only be a child that left its session.
            _ => run.Run + 1,
        };

    private static ChildExit ExitOf(int pid, ProcessStatus status, SafeFileHandle descriptor)
    {
        if (!status.IsOurChild)
        {
            var exit = ForeignExit.Read(descriptor, pid, status.Started);
            _ = ProcessGroup.Signal(descriptor, pid, status.Started, Libc.SigKill);
            return exit;
        }

        using var child = new ChildProcess(pid, (_, _) => { });
        return child.TakeExit();
    }

    // Programs that overwrite their arguments may lose their environment, so no mark says nothing. A folder that is gone was
    // moved and is ours now; one that is there belongs to another supervisor, whose journal ours is a copy of.
    private static bool Contradicts(RunMark? mark, RunMark run) =>
        mark is not null && mark != run && (mark with { Folder = run.Folder } != run || Directory.Exists(mark.Folder));

    private FoundRun? FindMarked(RunMark run, long from)
    {
        var leaders = Of(run)
            .Where(process => process.IsLeader && process.Mark.Run >= from)
            .OrderByDescending(process => process.Mark.Run)
            .ThenBy(process => process.Status.StartTicks)
            .ToArray();
        foreach (var leader in leaders)
        {
            if (Open(leader) is { } descriptor)
            {
                return new FoundRun.Alive(leader.Mark.Run, leader.Pid, leader.Status, descriptor);
            }
        }

        // Seen a moment ago and gone now: it was launched, and nobody knows how it ended.
        return leaders.Length > 0 ? new FoundRun.Dead(default, IsOfOtherBoot: false) : null;
    }

    private IEnumerable<MarkedProcess> Of(RunMark run)
    {
        lock (_lock)
        {
            _byService ??= Marked.ToLookup(process => (process.Mark.Group, process.Mark.Service));
            return _byService[(run.Group, run.Service)].Where(process => process.Mark.Folder == run.Folder);
        }
    }
}
