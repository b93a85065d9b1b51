using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>The C library calls behind launching, watching and signalling, with the numbers of the Linux ABI.</summary>
internal static unsafe partial class Libc
{
    public const int SigKill = 9;

    public const int PidFdIdType = 3;
    public const int PidIdType = 1;
    public const int AllIdType = 0;
    public const int WaitNoHang = 1;
    public const int WaitExited = 4;
    public const int WaitNoWait = 0x0100_0000;

    public const int LimitTasks = 6;
    public const int LimitOpenFiles = 7;

    public const int CloseOnExec = 0x8_0000;
    public const int NonBlocking = 0x800;

    private const string Library = "libc";
    private const long PidFdOpenNumber = 434;
    private const long PidFdSendSignalNumber = 424;
    private const long CloseRangeNumber = 436;
    private const long CloseRangeOnExec = 4;
    private const int BootTimeClock = 7;
    private const short PollReadable = 1;
    private const nuint PidFdGetInfo = 0xC040_FF0B;

    /// <summary>A descriptor that becomes readable when the process ends; an invalid handle when it cannot be had.</summary>
    public static SafeFileHandle OpenPidFd(int pid) =>
        new((nint)SystemCall(PidFdOpenNumber, pid, 0, 0), ownsHandle: true);

    public static int SignalPidFd(SafeFileHandle descriptor, int signal, int flags) =>
        (int)SystemCall(PidFdSendSignalNumber, descriptor, signal, 0, flags);

    /// <summary>Has all descriptors from <paramref name="first"/> on closed by the next execve.</summary>
    public static int CloseRange(int first) =>
        (int)SystemCall(CloseRangeNumber, first, uint.MaxValue, CloseRangeOnExec);

    /// <summary>Fills a <c>struct pidfd_info</c> with what its mask asks for.</summary>
    public static int PidFdInfo(SafeFileHandle descriptor, byte* result) =>
        InputOutputControl(descriptor, PidFdGetInfo, result);

    /// <summary>Blocks the calling thread without a clock of its own; for the few places that wait for the kernel to finish.</summary>
    public static void Pause(int milliseconds) => _ = Poll(null, 0, milliseconds);

    /// <summary>Counts while the machine is suspended, too, as the kernel's start times of processes do.</summary>
    public static TimeSpan TimeSinceBoot()
    {
        var time = default(Moment);
        _ = GetTime(BootTimeClock, &time);
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000);
    }

    /// <summary>Whether this process has children at all, dead ones included.</summary>
    public static bool HasChildren()
    {
        var info = default(SignalInfo);
        return WaitId(AllIdType, 0, &info, WaitExited | WaitNoHang | WaitNoWait) == 0
            || Marshal.GetLastPInvokeError() != Errno.NoChild;
    }

    /// <summary>Whether a read of the descriptor would not block now.</summary>
    public static bool IsReadable(SafeFileHandle descriptor)
    {
        var isHeld = false;
        try
        {
            descriptor.DangerousAddRef(ref isHeld);
            var entry = new PollEntry { Descriptor = (int)descriptor.DangerousGetHandle(), Events = PollReadable };
            return Poll(&entry, 1, 0) > 0;
        }
        finally
        {
            if (isHeld)
            {
                descriptor.DangerousRelease();
            }
        }
    }

    [LibraryImport(Library, EntryPoint = "posix_spawn")]
    public static partial int PosixSpawn(
        out int pid,
        byte* path,
        void* actions,
        void* attributes,
        byte** arguments,
        byte** environment
    );

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitActions(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyActions(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addopen")]
    public static partial int AddOpen(void* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial int AddCloseFrom(void* actions, int from);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static partial int AddChangeDirectory(void* actions, byte* path);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitAttributes(void* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroyAttributes(void* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetFlags(void* attributes, short flags);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetDefaultSignals(void* attributes, void* set);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSignalMask(void* attributes, void* set);

    [LibraryImport(Library, EntryPoint = "sigfillset")]
    public static partial int FillSignals(void* set);

    [LibraryImport(Library, EntryPoint = "sigemptyset")]
    public static partial int EmptySignals(void* set);

    [LibraryImport(Library, EntryPoint = "pthread_sigmask")]
    public static partial int ThreadSignalMask(int how, void* set, void* previous);

    [LibraryImport(Library, EntryPoint = "execve", SetLastError = true)]
    public static partial int Execute(byte* path, byte** arguments, byte** environment);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int DescriptorControl(int descriptor, int command, nint value);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport(Library, EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int idType, int id, SignalInfo* info, int options);

    [LibraryImport(Library, EntryPoint = "prlimit", SetLastError = true)]
    public static partial int SetLimit(int pid, int resource, ResourceLimit* limit, ResourceLimit* previous);

    [LibraryImport(Library, EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, int* value, nint a, nint b, nint c);

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(SafeFileHandle epoll, int operation, SafeFileHandle descriptor, byte* entry);

    [LibraryImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(SafeFileHandle epoll, byte* entries, int count, int timeout);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint value, int flags);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle descriptor, byte* bytes, nuint count);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(void* descriptors, nuint count, int timeout);

    [LibraryImport(Library, EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, Moment* time);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, long first, long second, long third);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, SafeFileHandle first, long second, long third, long fourth);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int InputOutputControl(SafeFileHandle descriptor, nuint request, byte* argument);

    /// <summary>The path without symbolic links; null when there is no such file.</summary>
    [LibraryImport(Library, EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial string? RealPath(string path, nint buffer);

    /// <summary>siginfo_t as waitid fills it, on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    public struct SignalInfo
    {
        [FieldOffset(8)]
        public int Code;

        [FieldOffset(16)]
        public int Pid;

        [FieldOffset(24)]
        public int Status;
    }

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Moment
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Answers;
    }

    /// <summary>struct rlimit.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
