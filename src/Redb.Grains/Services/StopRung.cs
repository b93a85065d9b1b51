namespace Redb.Grains.Services;

/// <summary>Rungs of the stop ladder, gentlest first.</summary>
internal enum StopRung
{
    /// <summary>Not on the ladder.</summary>
    None,

    /// <summary>Asked through its controller.</summary>
    Controller,

    /// <summary>Sent its stop signal.</summary>
    Signal,

    /// <summary>Sent SIGKILL.</summary>
    Kill,
}
