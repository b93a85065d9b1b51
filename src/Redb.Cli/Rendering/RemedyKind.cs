namespace Redb.Cli.Rendering;

/// <summary>What can be done about a service in the way; the first that fits any of several is the one to try.</summary>
internal enum RemedyKind
{
    /// <summary>Start it, or what it waits for.</summary>
    Start,

    /// <summary>Read its log.</summary>
    Logs,

    /// <summary>See who asked for what.</summary>
    Events,

    /// <summary>Stop it.</summary>
    Stop,

    /// <summary>Look at the others.</summary>
    Status,
}
