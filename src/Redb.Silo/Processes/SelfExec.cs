using System.Runtime.InteropServices;

namespace Redb.Silo.Processes;

/// <summary>Replaces the program in this process by what is now in the file it was started from. The process keeps its number, and so its children.</summary>
internal static unsafe class SelfExec
{
    private const int FirstOther = 3;
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;
    private const int SetMask = 2;
    private const int SignalSetSize = 128;

    /// <summary>Never returns when it succeeds: threads, handlers and every descriptor but 0, 1 and 2 are gone then.</summary>
    /// <returns>A sentence on why the program could not be replaced; everything goes on as before then.</returns>
    public static string Run(StartedAs self)
    {
        using var path = new NativeStrings(self.Path);
        using var arguments = new NativeStrings(self.Arguments);
        using var environment = new NativeStrings(ChildEnvironment.Own());
        CloseOthersOnExec();

        // A blocked signal would stay blocked in the new program for ever.
        var none = stackalloc byte[SignalSetSize];
        var before = stackalloc byte[SignalSetSize];
        _ = Libc.EmptySignals(none);
        _ = Libc.ThreadSignalMask(SetMask, none, before);
        CoreFiles.Permit();
        _ = Libc.Execute(path[0], arguments.Pointer, environment.Pointer);
        var error = Marshal.GetLastPInvokeError();
        CoreFiles.Forbid();
        _ = Libc.ThreadSignalMask(SetMask, before, null);
        return SpawnRefusal.Explain(self.Path, error);
    }

    // .NET opens everything so by itself, a native library may not.
    private static void CloseOthersOnExec()
    {
        if (Libc.CloseRange(FirstOther) == 0)
        {
            return;
        }

        // Kernels older than 5.11. The list shows the descriptor it is read with, which is gone by then: setting its flag just fails.
        foreach (var name in Directory.GetFiles("/proc/self/fd").Select(Path.GetFileName))
        {
            if (int.TryParse(name, out var descriptor) && descriptor >= FirstOther)
            {
                _ = Libc.DescriptorControl(descriptor, SetDescriptorFlags, CloseOnExec);
            }
        }
    }
}
