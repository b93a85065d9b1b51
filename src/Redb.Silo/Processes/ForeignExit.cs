using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>How a process ended that somebody else reaps.</summary>
internal static class ForeignExit
{
    /// <summary>What can be known at once: from its zombie, or from the kernel once it was reaped. Never waits for the reaping.</summary>
    /// <param name="descriptor">Opened while it lived.</param>
    /// <param name="pid">Its number.</param>
    /// <param name="started">When it started.</param>
    public static ChildExit Read(SafeFileHandle descriptor, int pid, string started) =>
        ProcessStatus.Read(pid) is { } status && status.Started == started && OfZombie(pid, status) is { } exit ? exit
        : PidFd.WaitStatus(descriptor) is { } waitStatus ? ChildExit.OfWaitStatus(waitStatus)
        : default;

    /// <summary>Null when it is no zombie, or when its status is hidden from this user.</summary>
    public static ChildExit? OfZombie(int pid, ProcessStatus status)
    {
        // The kernel shows 0 to those who may not know.
        var isKnown = status.IsDead && (status.WaitStatus != 0 || IsOfOurUser(pid));
        return isKnown ? ChildExit.OfWaitStatus(status.WaitStatus) : null;
    }

    private static bool IsOfOurUser(int pid)
    {
        try
        {
            return Ids(pid).SequenceEqual(Ids(Environment.ProcessId), StringComparer.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Ids(int pid) =>
        File.ReadLines($"/proc/{pid}/status")
            .Where(line =>
                line.StartsWith("Uid:", StringComparison.Ordinal) || line.StartsWith("Gid:", StringComparison.Ordinal)
            );
}
