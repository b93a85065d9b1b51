using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>A child of ours that leads its own process group, from its spawn to its reaping.</summary>
/// <remarks>
/// Until it is reaped the kernel keeps its number, dead or alive, so a signal sent under the lock cannot reach a stranger.
/// </remarks>
internal sealed unsafe class ChildProcess(int pid, SafeFileHandle descriptor, Action<WatchedProcess, ChildExit> ended)
    : WatchedProcess(pid, descriptor, ended)
{
    private const int Exited = 1;

    private readonly Lock _lock = new();
    private bool _reaped;

    public ChildProcess(int pid, Action<WatchedProcess, ChildExit> ended)
        : this(pid, Libc.OpenPidFd(pid), ended) { }

    public override bool Signal(int signal)
    {
        lock (_lock)
        {
            return !_reaped && Libc.Kill(-Pid, signal) == 0;
        }
    }

    /// <summary>As promised, and reaps it. Blocks while the child lives.</summary>
    public override ChildExit TakeExit()
    {
        lock (_lock)
        {
            // The dead leader still holds the number of the group here; after waitid it might name strangers.
            var info = default(Libc.SignalInfo);
            if (Wait(ref info, Libc.WaitExited | Libc.WaitNoWait))
            {
                _ = Libc.Kill(-Pid, Libc.SigKill);
                _ = Wait(ref info, Libc.WaitExited);
            }

            _reaped = true;
            return info.Code switch
            {
                0 => new(null, null),
                Exited => new(info.Status, null),
                _ => new(null, info.Status),
            };
        }
    }

    private bool Wait(ref Libc.SignalInfo info, int options)
    {
        fixed (Libc.SignalInfo* pointer = &info)
        {
            int result;
            do
            {
                result = Libc.WaitId(Libc.PidIdType, Pid, pointer, options);
            } while (result != 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

            return result == 0;
        }
    }
}
