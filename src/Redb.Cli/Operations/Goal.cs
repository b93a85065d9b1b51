namespace Redb.Cli.Operations;

/// <summary>What is waited for.</summary>
internal enum Goal
{
    /// <summary>Ready, or degraded: dependents may start.</summary>
    Ready,

    /// <summary>Ready, and the service says nothing bad of itself.</summary>
    Healthy,

    /// <summary>No process, and none to come.</summary>
    Stopped,

    /// <summary>Ready in a later run than before.</summary>
    Restarted,
}
