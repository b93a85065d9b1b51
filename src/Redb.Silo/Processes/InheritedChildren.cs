namespace Redb.Silo.Processes;

/// <summary>Children of the program that was in this process before it was replaced in place.</summary>
/// <remarks>
/// Nobody but us can reap them. Whoever adopts one claims it; the dead among the others are reaped, and how they ended is kept
/// for who asks later.
/// </remarks>
internal sealed class InheritedChildren(bool areTaken)
{
    private readonly Lock _lock = new();
    private readonly HashSet<(int Pid, string Started)> _unclaimed = areTaken && Libc.HasChildren() ? [.. Find()] : [];
    private readonly Dictionary<(int Pid, string Started), ChildExit> _exits = [];

    /// <summary>Whether some are neither adopted nor reaped.</summary>
    public bool Any
    {
        get
        {
            lock (_lock)
            {
                return _unclaimed.Count > 0;
            }
        }
    }

    public bool Contains(int pid)
    {
        lock (_lock)
        {
            return _unclaimed.Any(child => child.Pid == pid);
        }
    }

    /// <summary>From now on the caller reaps it.</summary>
    /// <returns>How it ended when that was done before; else null, as for a process that is none of ours.</returns>
    public ChildExit? Claim(int pid, string started)
    {
        lock (_lock)
        {
            _unclaimed.Remove((pid, started));
            return _exits.TryGetValue((pid, started), out var exit) ? exit : null;
        }
    }

    /// <summary>Reaps those that are dead.</summary>
    public void Reap()
    {
        lock (_lock)
        {
            foreach (var child in _unclaimed.ToArray())
            {
                ReapIfDead(child);
            }
        }
    }

    private void ReapIfDead((int Pid, string Started) child)
    {
        using var process = new ChildProcess(child.Pid, (_, _) => { });
        if (!process.Descriptor.IsInvalid && PidFd.HasEnded(process.Descriptor))
        {
            _exits[child] = process.TakeExit();
            _unclaimed.Remove(child);
        }
    }

    private static IEnumerable<(int Pid, string Started)> Find()
    {
        foreach (var pid in AllProcesses.Pids())
        {
            if (ProcessStatus.Read(pid) is { } status && status.Parent == Environment.ProcessId)
            {
                yield return (pid, status.Started);
            }
        }
    }
}
