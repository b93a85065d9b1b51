namespace Redb.Abstractions.Instances;

/// <summary>Where an instance group is, derived from its services.</summary>
/// <remarks>Sent between silos: append, never renumber.</remarks>
public enum GroupPhase
{
    /// <summary>Nothing runs and nothing is wanted.</summary>
    Stopped = 0,

    /// <summary>Wanted, and not yet ready for the first time since it was started.</summary>
    Starting = 1,

    /// <summary>Every enabled service is ready.</summary>
    Ready = 2,

    /// <summary>Works, but a service is degraded, an optional one has failed, or one is away or coming back.</summary>
    Degraded = 3,

    /// <summary>A required service is in CrashLoop or Failed.</summary>
    Failed = 4,

    /// <summary>Going down.</summary>
    Stopping = 5,

    /// <summary>Its host is silent: the rest of the view is how it last was. Seen from other hosts only.</summary>
    Unknown = 6,
}
