namespace Redb.Silo.Hosting;

/// <summary>How a supervisor ends.</summary>
internal enum Ending
{
    /// <summary>With its services, in order.</summary>
    Stop,

    /// <summary>Alone: the services run on, for the next supervisor to take over.</summary>
    Leave,

    /// <summary>Alone, and what its executable is now goes on in the same process.</summary>
    Restart,
}
