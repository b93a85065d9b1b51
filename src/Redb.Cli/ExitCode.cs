namespace Redb.Cli;

/// <summary>What redbctl tells the shell. Scripts depend on the numbers: append, never renumber.</summary>
internal enum ExitCode
{
    /// <summary>Everything asked for is done, or was so already.</summary>
    Done = 0,

    /// <summary>What was asked for was tried and failed.</summary>
    Failed = 1,

    /// <summary>The command line makes no sense, or leaves open what is meant.</summary>
    Usage = 2,

    /// <summary>The target is not as it should be; only from <c>--check</c> and <c>wait</c>.</summary>
    Unhealthy = 3,

    /// <summary>No such group or service.</summary>
    NotFound = 4,

    /// <summary>Something else stands against it: switched off, or asked for differently meanwhile.</summary>
    Conflict = 5,

    /// <summary>The configuration file has errors.</summary>
    ConfigurationInvalid = 6,

    /// <summary>The operating system refused access, or the cluster did: the cause says which and why.</summary>
    PermissionDenied = 7,

    /// <summary>No supervisor runs, or it does not answer.</summary>
    Unavailable = 8,

    /// <summary>The time given with <c>--timeout</c> was over first.</summary>
    TimedOut = 9,

    /// <summary>Some of it is done and some is not.</summary>
    PartlyDone = 10,

    /// <summary>Ended by Ctrl-C.</summary>
    Interrupted = 130,
}
