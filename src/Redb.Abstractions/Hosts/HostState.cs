namespace Redb.Abstractions.Hosts;

/// <summary>What is known of a supervisor, seen from another one.</summary>
/// <remarks>Sent between silos and printed by name: append, never renumber or rename.</remarks>
public enum HostState
{
    /// <summary>It has been silent for longer than a supervisor that is well ever is: nobody knows how its groups are.</summary>
    Unknown = 0,

    /// <summary>It gives signs of life.</summary>
    Up = 1,

    /// <summary>It was asked to end, and said good-bye.</summary>
    Left = 2,
}
