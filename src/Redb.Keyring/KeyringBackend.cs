namespace Redb.Keyring;

/// <summary>Where a group's secrets are kept.</summary>
public enum KeyringBackend
{
    /// <summary>Encrypted, in a file.</summary>
    File,

    /// <summary>In the keyring of the operating system.</summary>
    System,
}
