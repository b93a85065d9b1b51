namespace Redb.Keyring.MasterPasswords;

/// <summary>Where a master password comes from, in the order in which the places are asked.</summary>
public enum MasterPasswordSource
{
    /// <summary><c>REDB_KEYRING_PASSWORD</c>, else <c>keyring.master_key</c>.</summary>
    Configured,

    /// <summary>The file beside the keyring.</summary>
    Generated,

    /// <summary>reDB's own default, with <c>--dev</c> only.</summary>
    WellKnown,
}
