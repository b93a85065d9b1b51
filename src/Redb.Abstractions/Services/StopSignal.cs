namespace Redb.Abstractions.Services;

/// <summary>Signals a service may be asked to stop with; values are Linux signal numbers.</summary>
public enum StopSignal
{
    /// <summary>SIGHUP.</summary>
    Hangup = 1,

    /// <summary>SIGINT.</summary>
    Interrupt = 2,

    /// <summary>SIGQUIT.</summary>
    Quit = 3,

    /// <summary>SIGKILL: no polite rung at all.</summary>
    Kill = 9,

    /// <summary>SIGUSR1.</summary>
    User1 = 10,

    /// <summary>SIGUSR2.</summary>
    User2 = 12,

    /// <summary>SIGTERM.</summary>
    Terminate = 15,
}
