namespace Redb.Abstractions.Services;

/// <summary>Which exits of a process that nobody asked to stop are followed by a restart.</summary>
public enum RestartMode
{
    /// <summary>Every exit.</summary>
    Always = 0,

    /// <summary>Every exit but one with code 0.</summary>
    OnFailure = 1,

    /// <summary>None.</summary>
    Never = 2,
}
