namespace Redb.Silo.Hosting;

/// <summary>What <c>redb-supervisor</c> says to whoever started it. Documented in the README; part of the interface.</summary>
internal static class RedbExitCode
{
    /// <summary>Did what it was asked; a normal end.</summary>
    public const int Done = 0;

    /// <summary>Could not start, or left something running.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Another supervisor holds the data folder, or what is there belongs to another node.</summary>
    public const int Conflict = 5;

    /// <summary>The configuration is wrong.</summary>
    public const int Configuration = 6;

    /// <summary>A password was refused, or a right is missing.</summary>
    public const int Refused = 7;

    /// <summary>PostgreSQL does not answer.</summary>
    public const int Unavailable = 8;

    /// <summary>The initialization took longer than is configured.</summary>
    public const int TimedOut = 9;

    /// <summary>Whoever was asked said no; nothing was changed.</summary>
    public const int Declined = 11;

    /// <summary>Interrupted a second time: everything was killed. Of an initialization: interrupted.</summary>
    public const int Interrupted = 130;
}
