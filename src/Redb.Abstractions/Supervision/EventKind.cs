namespace Redb.Abstractions.Supervision;

/// <summary>Kinds of <see cref="SupervisorEvent"/>.</summary>
/// <remarks>Sent between silos and printed by name: append, never renumber or rename.</remarks>
public enum EventKind
{
    /// <summary>A service changed its phase.</summary>
    PhaseChanged = 0,

    /// <summary>A run ended.</summary>
    Exited = 1,

    /// <summary>A run could not be started.</summary>
    LaunchFailed = 2,

    /// <summary>A service registered.</summary>
    Registered = 3,

    /// <summary>A service unregistered.</summary>
    Unregistered = 4,

    /// <summary>The group changed its phase.</summary>
    GroupChanged = 5,

    /// <summary>An operator asked for something.</summary>
    Requested = 6,

    /// <summary>Something that needs attention.</summary>
    Warning = 7,

    /// <summary>A run that an earlier supervisor launched was found alive and is watched again.</summary>
    Adopted = 8,

    /// <summary>Peers of the group's mesh node came or left, or its sessions changed.</summary>
    MeshChanged = 9,
}
