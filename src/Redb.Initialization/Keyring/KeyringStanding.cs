namespace Redb.Initialization.Keyring;

/// <summary>Whether a keyring opens.</summary>
/// <param name="IsOpen">Whether it does now; otherwise opening creates what is missing.</param>
/// <param name="What">Where it is and whose master password it has; or what opening it would create. For people.</param>
public sealed record KeyringStanding(bool IsOpen, string What);
