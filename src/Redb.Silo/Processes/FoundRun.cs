using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>What a look for the process of an earlier supervisor's run showed.</summary>
internal abstract record FoundRun
{
    private FoundRun() { }

    /// <summary>It lives.</summary>
    /// <param name="Run">Its number; higher than that of the journal, when the journal missed some.</param>
    /// <param name="Pid">Number of its process.</param>
    /// <param name="Status">As of now.</param>
    /// <param name="Descriptor">Means this process and no other; the caller's to dispose of.</param>
    public sealed record Alive(long Run, int Pid, ProcessStatus Status, SafeFileHandle Descriptor) : FoundRun;

    /// <summary>It has ended.</summary>
    /// <param name="Exit">What can still be known of how.</param>
    /// <param name="IsOfOtherBoot">Whether the machine was restarted meanwhile.</param>
    public sealed record Dead(ChildExit Exit, bool IsOfOtherBoot) : FoundRun;

    /// <summary>There is no trace of it.</summary>
    public sealed record Nothing : FoundRun;
}
