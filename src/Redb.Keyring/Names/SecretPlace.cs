namespace Redb.Keyring.Names;

/// <summary>One of the places where a secret stands.</summary>
/// <param name="File">The file; system keyrings have none and ignore it.</param>
/// <param name="Name">What it is called there.</param>
public sealed record SecretPlace(string File, EntryName Name);
