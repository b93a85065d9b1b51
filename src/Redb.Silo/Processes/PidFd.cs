using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>Descriptors of processes that are not our children.</summary>
internal static unsafe class PidFd
{
    private const int GroupFlag = 4;

    // struct pidfd_info: a mask of what is asked and was answered first, the wait status last.
    private const int InfoLength = 64;
    private const int WaitStatusOffset = 60;
    private const ulong ExitInfo = 8;

    /// <summary>Null when there is no such process.</summary>
    /// <exception cref="Win32Exception">There may be one, but no descriptor is to be had, as when too many files are open.</exception>
    public static SafeFileHandle? Open(int pid)
    {
        var descriptor = Libc.OpenPidFd(pid);
        if (!descriptor.IsInvalid)
        {
            return descriptor;
        }

        var error = Marshal.GetLastPInvokeError();
        descriptor.Dispose();
        return error is Errno.NoProcess or Errno.Invalid or Errno.NoEntry
            ? null
            : throw new Win32Exception(error, $"process {pid} cannot be watched: {Errno.Describe(error)}");
    }

    /// <summary>Whether the process has ended, all its threads included, reaped or not.</summary>
    public static bool HasEnded(SafeFileHandle descriptor) => Libc.IsReadable(descriptor);

    /// <summary>Sends a signal to the process, and to no other one.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool Signal(SafeFileHandle descriptor, int signal) => Libc.SignalPidFd(descriptor, signal, 0) == 0;

    /// <summary>Sends a signal to the process group that the process leads, even when its leader is gone.</summary>
    /// <returns>Whether anybody got it; null when the kernel is older than 6.9 and cannot.</returns>
    public static bool? SignalGroup(SafeFileHandle descriptor, int signal) =>
        Libc.SignalPidFd(descriptor, signal, GroupFlag) == 0 ? true
        : Marshal.GetLastPInvokeError() == Errno.Invalid ? null
        : false;

    /// <summary>The wait status of a process that ended and was reaped; null before, and on kernels older than 6.15.</summary>
    public static int? WaitStatus(SafeFileHandle descriptor)
    {
        var info = stackalloc byte[InfoLength];
        new Span<byte>(info, InfoLength).Clear();
        *(ulong*)info = ExitInfo;
        return Libc.PidFdInfo(descriptor, info) == 0 && (*(ulong*)info & ExitInfo) != 0
            ? *(int*)(info + WaitStatusOffset)
            : null;
    }
}
