namespace Redb.Keyring;

/// <summary>What a keyring refused, in three parts for people. No part ever holds a secret.</summary>
/// <param name="fault">In which way.</param>
/// <param name="what">What failed.</param>
/// <param name="cause">The measured reason.</param>
/// <param name="next">What to do next, a command where there is one.</param>
public sealed class KeyringException(KeyringFault fault, string what, string cause, string next)
    : Exception($"{what}: {cause}")
{
    /// <summary>In which way it was refused.</summary>
    public KeyringFault Fault { get; } = fault;

    /// <summary>What failed.</summary>
    public string What { get; } = what;

    /// <summary>The measured reason.</summary>
    public string Cause { get; } = cause;

    /// <summary>What to do next, a command where there is one.</summary>
    public string Next { get; } = next;
}
