namespace Redb.Silo.Processes;

/// <summary>Settings of the launcher.</summary>
internal sealed class ProcessOptions
{
    /// <summary>Folder of the notify sockets. Default empty: a folder of its own under the temp folder for each socket.</summary>
    public string NotifyFolder { get; set; } = "";

    /// <summary>
    /// Data folder of each group, by its id: the one that its supervisor holds. Part of the mark of every run, so it must stay
    /// the same from one supervisor to the next. Needed for every group that launches.
    /// </summary>
    public Dictionary<string, string> DataFolders { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether the children this process has at the beginning are those of a supervisor that it replaced in place, and ours to reap.
    /// Default false: they are somebody else's in the same process.
    /// </summary>
    public bool TakesInherited { get; set; }

    /// <summary>
    /// How long a launch waits for a port whose holder is being killed. Default 500 ms; not negative. A port that is
    /// really in use is refused without waiting.
    /// </summary>
    public TimeSpan PortPatience { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Time between two looks for orphans left to us as PID 1. Default 5 s; positive.</summary>
    public TimeSpan OrphanInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the end of the supervisor waits for reports that are still on their way. Default 2 s; not negative.</summary>
    public TimeSpan ReportPatience { get; set; } = TimeSpan.FromSeconds(2);
}
