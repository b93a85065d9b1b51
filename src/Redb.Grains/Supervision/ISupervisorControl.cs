namespace Redb.Grains.Supervision;

/// <summary>What the supervisor's grain can ask of the process it runs in. Implemented by the silo.</summary>
internal interface ISupervisorControl
{
    /// <summary>Checks what would run after a restart and, if that is well, begins one.</summary>
    /// <returns>Empty when it has begun, else why it has not, for people.</returns>
    Task<string> RestartAsync();

    /// <summary>Begins to end the supervisor, with its services or without.</summary>
    void Stop(bool leaveRunning);
}
