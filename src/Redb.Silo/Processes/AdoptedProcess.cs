using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>A run that an earlier supervisor launched: not our child, so somebody else reaps it, at any moment after its end.</summary>
/// <param name="pid">Its number.</param>
/// <param name="started">When it started; together with the number it means this process.</param>
/// <param name="descriptor">Opened before the two were compared.</param>
/// <param name="ended">Told once.</param>
internal sealed class AdoptedProcess(
    int pid,
    string started,
    SafeFileHandle descriptor,
    Action<WatchedProcess, ChildExit> ended
) : WatchedProcess(pid, descriptor, ended)
{
    private readonly Lock _lock = new();
    private bool _ended;

    public override bool Signal(int signal)
    {
        lock (_lock)
        {
            return !_ended && ProcessGroup.Signal(Descriptor, Pid, started, signal);
        }
    }

    public override ChildExit TakeExit()
    {
        lock (_lock)
        {
            var exit = ForeignExit.Read(Descriptor, Pid, started);
            _ = ProcessGroup.Signal(Descriptor, Pid, started, Libc.SigKill);
            _ended = true;
            return exit;
        }
    }
}
