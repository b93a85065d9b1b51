namespace Redb.Silo.Journal;

/// <summary>Settings of the journal.</summary>
internal sealed class JournalOptions
{
    /// <summary>Longest time a flush keeps its caller. Default 2 s; positive.</summary>
    public TimeSpan FlushPatience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the end of the supervisor waits for what is still to be written. Default 5 s; not negative.</summary>
    public TimeSpan ClosePatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two attempts while the journal cannot be written. Default 5 s; positive.</summary>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one statement waits for another program's lock, in whole seconds. Default 1 s; 1 s or more.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Events kept in memory while the journal cannot be written; the oldest beyond are dropped and counted. Default 10 000; 1 or more.</summary>
    public int PendingEvents { get; set; } = 10_000;

    /// <summary>Runs kept for each service. Default 200; 1 or more.</summary>
    public int KeptRuns { get; set; } = 200;

    /// <summary>Events kept for each group. Default 10 000; 1 or more.</summary>
    public int KeptEvents { get; set; } = 10_000;

    /// <summary>Events beyond <see cref="KeptEvents"/> that gather before they are deleted together. Default 500; 1 or more.</summary>
    public int EventTrim { get; set; } = 500;

    /// <summary>Events of each group that are read at the opening. Default 1000; 1 or more.</summary>
    public int RecalledEvents { get; set; } = 1000;

    /// <summary>Size of the write-ahead log in bytes from which on it is moved into the file. Default 4 MiB; positive.</summary>
    public long CheckpointBytes { get; set; } = 4 * 1024 * 1024;
}
