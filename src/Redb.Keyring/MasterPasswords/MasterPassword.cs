namespace Redb.Keyring.MasterPasswords;

/// <summary>What a group's keyring files are sealed with, and where it comes from.</summary>
/// <param name="Value">The password; services need it as <c>REDB_KEYRING_PASSWORD</c>.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record MasterPassword(Secret Value, MasterPasswordSource Source)
{
    /// <summary>What reDB seals with when nothing is configured. Everybody knows it: for development only.</summary>
    public static MasterPassword WellKnown { get; } =
        new(new("default-master-password-change-me"), MasterPasswordSource.WellKnown);
}
