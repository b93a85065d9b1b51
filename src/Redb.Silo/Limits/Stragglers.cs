using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Redb.Silo.Processes;

namespace Redb.Silo.Limits;

/// <summary>Kills whatever is in a cgroup, also what left its process group and session.</summary>
internal static partial class Stragglers
{
    private const string KillFile = "cgroup.kill";
    private const long SignalPidFdNumber = 424;

    // Each round kills what appeared during the one before; only a program that forks as fast as we look needs many.
    private const int Rounds = 100;

    /// <summary>Sends SIGKILL to everything in there; whether anything was. It dies a moment later.</summary>
    public static bool Kill(string folder)
    {
        if (CgroupFile.Processes(folder).Count == 0)
        {
            return false;
        }

        // Version 2 has a file that leaves no gap for a fork.
        if (!File.Exists(Path.Combine(folder, KillFile)) || CgroupFile.Write(folder, KillFile, "1") != 0)
        {
            KillEach(folder);
        }

        return true;
    }

    private static void KillEach(string folder)
    {
        var signalled = new HashSet<int>();
        for (var round = 0; round < Rounds; round++)
        {
            var alive = CgroupFile.Processes(folder).Where(signalled.Add).ToList();
            if (alive.Count == 0)
            {
                return;
            }

            alive.ForEach(pid => KillMember(folder, pid));
        }
    }

    // The number may have gone to a stranger since the list was read: the descriptor names one process, and
    // that is a member if its number is still in the list now.
    private static void KillMember(string folder, int pid)
    {
        using var process = Libc.OpenPidFd(pid);
        if (!process.IsInvalid && CgroupFile.Processes(folder).Contains(pid))
        {
            _ = SystemCall(SignalPidFdNumber, process, Libc.SigKill, 0, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, SafeFileHandle process, long signal, nint details, long flags);
}
