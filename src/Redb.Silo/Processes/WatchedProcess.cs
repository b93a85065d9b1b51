using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>A process that leads its own process group and whose end is told to its owner.</summary>
/// <param name="pid">Its number.</param>
/// <param name="descriptor">Becomes readable when it ends.</param>
/// <param name="ended">Told once.</param>
internal abstract class WatchedProcess(int pid, SafeFileHandle descriptor, Action<WatchedProcess, ChildExit> ended)
    : IDisposable
{
    public int Pid { get; } = pid;

    public SafeFileHandle Descriptor { get; } = descriptor;

    /// <summary>A process that an earlier supervisor launched: by now our child, if it was replaced in place, or else somebody's.</summary>
    public static WatchedProcess Of(
        int pid,
        ProcessStatus status,
        SafeFileHandle descriptor,
        Action<WatchedProcess, ChildExit> ended
    ) =>
        status.IsOurChild
            ? new ChildProcess(pid, descriptor, ended)
            : new AdoptedProcess(pid, status.Started, descriptor, ended);

    /// <summary>Sends a signal to the whole process group; false when the process is gone.</summary>
    public abstract bool Signal(int signal);

    /// <summary>Ends what is left of the group of a dead process and says how it ended. Called once, when the descriptor is readable.</summary>
    public abstract ChildExit TakeExit();

    /// <summary>Tells the owner; called once, after <see cref="TakeExit"/>.</summary>
    public void Tell(ChildExit exit) => ended(this, exit);

    public void Dispose() => Descriptor.Dispose();
}
