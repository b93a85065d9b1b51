namespace Redb.Cli.Operations;

/// <summary>What can be asked of services.</summary>
internal enum Change
{
    /// <summary>To be up.</summary>
    Start,

    /// <summary>To be down.</summary>
    Stop,

    /// <summary>To go down and come up again.</summary>
    Restart,

    /// <summary>Not to wait any longer for a restart, or to try again after giving up.</summary>
    Retry,
}
