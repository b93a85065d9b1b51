using System.ComponentModel;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>Starts a process in a session of its own, with default signals and no descriptor but 0, 1 and 2.</summary>
/// <remarks>
/// System.Diagnostics.Process keeps our session, leaves SIGPIPE ignored in the child and offers only pipes for its output,
/// which end a service when the supervisor ends.
/// </remarks>
internal static unsafe class PosixSpawn
{
    // Larger than glibc's types (80, 336 and 128 bytes on x64), so that a newer one fits.
    private const int ActionsSize = 512;
    private const int AttributesSize = 1024;
    private const int SignalSetSize = 128;

    // POSIX_SPAWN_SETSIGDEF, POSIX_SPAWN_SETSIGMASK, POSIX_SPAWN_SETSID.
    private const short Flags = 0x04 | 0x08 | 0x80;

    private const int ReadOnly = 0;

    // O_WRONLY, O_CREAT, O_APPEND: without O_APPEND a child would go on writing at its old offset after a rotation.
    private const int AppendCreate = 0x1 | 0x40 | 0x400;
    private const uint OwnerWriteGroupRead = 0b110_100_000;

    /// <summary>Returns 0 and the process id once the program runs, or the error number of the step that failed.</summary>
    public static int Start(SpawnRequest request, out int pid)
    {
        pid = 0;
        var actions = stackalloc byte[ActionsSize];
        var attributes = stackalloc byte[AttributesSize];
        using var paths = new NativeStrings(request.Path, "/dev/null", request.OutputFile, request.WorkingDirectory);
        using var arguments = new NativeStrings(request.Arguments);
        using var environment = new NativeStrings(request.Environment);

        ThrowIfFailed(Libc.InitActions(actions));
        ThrowIfFailed(Libc.InitAttributes(attributes));
        try
        {
            SetSession(attributes);
            SetDescriptors(actions, paths, request.Output);
            if (request.WorkingDirectory.Length > 0)
            {
                ThrowIfFailed(Libc.AddChangeDirectory(actions, paths[3]));
            }

            var error = Libc.PosixSpawn(out pid, paths[0], actions, attributes, arguments.Pointer, environment.Pointer);
            if (error == 0)
            {
                CoreFiles.Permit(pid);
            }

            return error;
        }
        finally
        {
            _ = Libc.DestroyActions(actions);
            _ = Libc.DestroyAttributes(attributes);
        }
    }

    private static void SetSession(byte* attributes)
    {
        var signals = stackalloc byte[SignalSetSize];
        _ = Libc.SetFlags(attributes, Flags);
        _ = Libc.FillSignals(signals);
        _ = Libc.SetDefaultSignals(attributes, signals);
        _ = Libc.EmptySignals(signals);
        _ = Libc.SetSignalMask(attributes, signals);
    }

    private static void SetDescriptors(byte* actions, NativeStrings paths, SafeFileHandle? output)
    {
        ThrowIfFailed(Libc.AddOpen(actions, 0, paths[1], ReadOnly, 0));
        ThrowIfFailed(
            output is null
                ? Libc.AddOpen(actions, 1, paths[2], AppendCreate, OwnerWriteGroupRead)
                : Libc.AddDuplicate(actions, (int)output.DangerousGetHandle(), 1)
        );
        ThrowIfFailed(Libc.AddDuplicate(actions, 1, 2));
        ThrowIfFailed(Libc.AddCloseFrom(actions, 3));
    }

    private static void ThrowIfFailed(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }
}
