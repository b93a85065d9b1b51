namespace Redb.Silo.Processes;

/// <summary>Settings of the launcher.</summary>
internal sealed class ProcessOptions
{
    /// <summary>Folder of the notify sockets. Default empty: a folder of its own under the temp folder for each socket.</summary>
    public string NotifyFolder { get; set; } = "";

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
