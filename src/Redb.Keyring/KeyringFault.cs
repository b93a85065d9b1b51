namespace Redb.Keyring;

/// <summary>In which way a keyring refused.</summary>
public enum KeyringFault
{
    /// <summary>The operating system refused: full disk, read-only folder, no access.</summary>
    Refused,

    /// <summary>Others may read the file or change its folder.</summary>
    TooOpen,

    /// <summary>What is there is no keyring, or not all of one.</summary>
    Damaged,

    /// <summary>An entry does not open with the master password.</summary>
    WrongPassword,

    /// <summary>There is no master password, or none that may be used here.</summary>
    NoPassword,

    /// <summary>Somebody else held it for longer than the wait that is configured.</summary>
    Busy,

    /// <summary>The system's keyring is locked, and nobody unlocked it in time.</summary>
    Locked,

    /// <summary>The system has no keyring, or it does not answer.</summary>
    Unavailable,

    /// <summary>The keyring does not take such an entry.</summary>
    Unsuitable,

    /// <summary>A rotation was begun and not finished.</summary>
    RotationUnfinished,
}
