namespace Redb.Keyring;

/// <summary>A secret and what it is found by.</summary>
/// <param name="Name">What it is found by.</param>
/// <param name="Secret">What is kept.</param>
public sealed record KeyringEntry(EntryName Name, Secret Secret);
