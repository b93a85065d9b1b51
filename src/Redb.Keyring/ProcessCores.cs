using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Redb.Keyring;

/// <summary>Keeps the memory of a process that handles secrets out of core files, whatever it dies of.</summary>
/// <remarks>By the limit for core files and not by making the process undumpable: that would hide its files in <c>/proc</c> from its own
/// user, and with them who holds a port.</remarks>
public static unsafe partial class ProcessCores
{
    private const int CoreFiles = 4;

    // No core file is shorter than a page, and the kernel passes nothing to a handler of cores either when the limit is 1.
    private const ulong NoCore = 1;

    /// <summary>A limit as the kernel keeps it, in bytes.</summary>
    /// <param name="Soft">What holds.</param>
    /// <param name="Hard">How far it may be raised.</param>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Limit(ulong Soft, ulong Hard);

    /// <summary>Forbids core files of this process, and of what it starts from now on.</summary>
    /// <returns>What held before, for <see cref="Allow"/>; null where nothing was changed.</returns>
    public static Limit? Forbid()
    {
        Limit before;
        if (!OperatingSystem.IsLinux() || Exchange(0, CoreFiles, null, &before) != 0 || before.Soft <= NoCore)
        {
            return null;
        }

        var none = before with { Soft = NoCore };
        return Exchange(0, CoreFiles, &none, null) == 0 ? before : null;
    }

    /// <summary>Gives a process back what held before.</summary>
    /// <param name="pid">The process; 0 for this one.</param>
    /// <param name="limit">What <see cref="Forbid"/> returned.</param>
    [SupportedOSPlatform("linux")]
    public static void Allow(int pid, Limit limit) => _ = Exchange(pid, CoreFiles, &limit, null);

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static partial int Exchange(int pid, int resource, Limit* limit, Limit* before);
}
