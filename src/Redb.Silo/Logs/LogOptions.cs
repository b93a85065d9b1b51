namespace Redb.Silo.Logs;

/// <summary>Settings of log reading, writing and rotation.</summary>
internal sealed class LogOptions
{
    /// <summary>Time between two looks for new lines of a log that is followed. Default 200 ms; positive.</summary>
    public TimeSpan FollowInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Time between two looks at the sizes of the log files. Default 5 s; positive.</summary>
    public TimeSpan RotationInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Lines that wait to be written before more are dropped and counted. Default 10 000; 1 or more.</summary>
    public int WriteQueue { get; set; } = 10_000;

    /// <summary>Bytes of lines that wait to be written before more are dropped and counted. Default 16 MiB; positive.</summary>
    public long WriteQueueBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Files the writer keeps open. Default 64; 1 or more.</summary>
    public int OpenFiles { get; set; } = 64;

    /// <summary>How long the end of the supervisor waits for lines to be written. Default 2 s; not negative.</summary>
    public TimeSpan WritePatience { get; set; } = TimeSpan.FromSeconds(2);
}
