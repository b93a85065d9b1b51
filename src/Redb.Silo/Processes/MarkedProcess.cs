using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>A process that bears the mark of a run, as a look at <c>/proc</c> showed it.</summary>
/// <param name="Mark">Its mark.</param>
/// <param name="Pid">Its number.</param>
/// <param name="Status">Its status then.</param>
internal sealed record MarkedProcess(RunMark Mark, int Pid, ProcessStatus Status)
{
    /// <summary>Whether it was launched as a run, and is not a child of one.</summary>
    /// <remarks>Every run is launched into a session of its own.</remarks>
    public bool IsLeader => Status.Session == Pid;

    /// <summary>All processes whose mark names one of the folders, except this one.</summary>
    public static IReadOnlyList<MarkedProcess> Find(IReadOnlyCollection<string> folders)
    {
        var result = new List<MarkedProcess>();
        foreach (var pid in AllProcesses.Pids())
        {
            // A supervisor started by one of its own services bears the mark of that service.
            if (
                pid != Environment.ProcessId
                && RunMark.Of(pid) is { } mark
                && folders.Contains(mark.Folder, StringComparer.Ordinal)
                && ProcessStatus.Read(pid) is { } status
            )
            {
                result.Add(new(mark, pid, status));
            }
        }

        return result;
    }

    /// <summary>A descriptor that surely means this process; null when it is gone.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">No descriptor is to be had.</exception>
    public SafeFileHandle? Open()
    {
        // Opened first, compared then: what is compared is what the descriptor means, whatever becomes of the number.
        var descriptor = PidFd.Open(Pid);
        if (
            descriptor is not null
            && ProcessStatus.Read(Pid) is { IsDead: false } now
            && now.Started == Status.Started
            && RunMark.Of(Pid) == Mark
        )
        {
            return descriptor;
        }

        descriptor?.Dispose();
        return null;
    }
}
