namespace Redb.Silo.Processes;

/// <summary>Keeps the memory of this process, where secrets pass through, out of core files. Its children dump core as they would without us.</summary>
internal static unsafe class CoreFiles
{
    private const int Self = 0;

    // RLIMIT_CORE.
    private const int LimitCore = 4;

    // Less than any core file has; and, unlike 0, heeded as well where core files are piped to a program, as core(5) says.
    private const ulong None = 1;

    private static Libc.ResourceLimit? s_before;

    /// <summary>From now on this process leaves no core file. The hard limit stays, so that children can have theirs.</summary>
    public static void Forbid()
    {
        var before = default(Libc.ResourceLimit);
        if (Libc.SetLimit(Self, LimitCore, null, &before) != 0)
        {
            return;
        }

        s_before ??= before;
        var none = before with { Soft = ulong.Min(None, before.Hard) };
        _ = Libc.SetLimit(Self, LimitCore, &none, null);
    }

    /// <summary>Gives a child the limit that this process was started with.</summary>
    public static void Permit(int pid)
    {
        if (s_before is { } before)
        {
            _ = Libc.SetLimit(pid, LimitCore, &before, null);
        }
    }

    /// <summary>Gives this process the limit back that it was started with; before another program takes its place.</summary>
    public static void Permit() => Permit(Self);
}
