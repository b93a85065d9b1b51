namespace Redb.Abstractions.Services;

/// <summary>What the operator wants of a service or a group; what it does is its phase.</summary>
public enum Wanted
{
    /// <summary>Not running.</summary>
    Down = 0,

    /// <summary>Running.</summary>
    Up = 1,
}
