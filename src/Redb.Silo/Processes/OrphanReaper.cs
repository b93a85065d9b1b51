namespace Redb.Silo.Processes;

/// <summary>Reaps processes that were left to us as PID 1 or subreaper, so that they do not stay zombies for ever.</summary>
/// <remarks>
/// A child of System.Diagnostics.Process is reaped by .NET within milliseconds of its end; so what is still a zombie at a second
/// look is nobody's.
/// </remarks>
internal sealed unsafe class OrphanReaper(Func<int, bool> isKnown)
{
    private const int GetChildSubreaper = 37;

    private HashSet<(int Pid, string Started)> _seen = [];

    /// <summary>Whether orphans come to this process at all.</summary>
    public static bool AreOurs()
    {
        var subreaper = 0;
        _ = Libc.ProcessControl(GetChildSubreaper, &subreaper, 0, 0, 0);
        return Environment.ProcessId == 1 || subreaper != 0;
    }

    /// <summary>Reaps what was a zombie at the last call already; to be called at a slow pace.</summary>
    /// <returns>How many were reaped.</returns>
    public int Reap()
    {
        var zombies = HasZombie() ? FindZombies() : [];
        var reaped = zombies.Where(_seen.Contains).Count(zombie => Reap(zombie.Pid));
        _seen = zombies;
        return reaped;
    }

    private static bool HasZombie()
    {
        var info = default(Libc.SignalInfo);
        var result = Libc.WaitId(Libc.AllIdType, 0, &info, Libc.WaitExited | Libc.WaitNoHang | Libc.WaitNoWait);
        return result == 0 && info.Pid != 0;
    }

    private static bool Reap(int pid)
    {
        var info = default(Libc.SignalInfo);
        return Libc.WaitId(Libc.PidIdType, pid, &info, Libc.WaitExited | Libc.WaitNoHang) == 0 && info.Pid == pid;
    }

    private HashSet<(int Pid, string Started)> FindZombies()
    {
        var result = new HashSet<(int, string)>();
        foreach (var pid in AllProcesses.Pids())
        {
            if (ProcessStatus.Read(pid) is { State: 'Z', IsOurChild: true } status && !isKnown(pid))
            {
                result.Add((pid, status.Started));
            }
        }

        return result;
    }
}
