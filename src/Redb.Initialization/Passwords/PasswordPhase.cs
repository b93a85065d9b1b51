namespace Redb.Initialization.Passwords;

/// <summary>What a change of the database password has done for good. Killed after any of them, it is finished by the next change or start.</summary>
public enum PasswordPhase
{
    /// <summary>A change that was interrupted is gone on with, with the password it was begun with.</summary>
    Resumed,

    /// <summary>The new password stands in the keyring, beside the old one.</summary>
    Kept,

    /// <summary>The server takes the new password from the role, and the old one no more.</summary>
    Taken,

    /// <summary>The keyring gives the new password to whoever asks.</summary>
    Promoted,

    /// <summary>Nothing is left of the change, and nothing of the old password.</summary>
    Finished,
}
