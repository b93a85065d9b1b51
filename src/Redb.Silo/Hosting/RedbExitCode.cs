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

    /// <summary>Another supervisor holds the data folder.</summary>
    public const int Conflict = 5;

    /// <summary>The configuration is wrong.</summary>
    public const int Configuration = 6;

    /// <summary>Interrupted a second time: everything was killed.</summary>
    public const int Interrupted = 130;
}
