namespace Redb.Keyring.Files;

/// <summary>How a keyring file is treated.</summary>
public sealed record KeyringFileOptions
{
    /// <summary>Longest wait for another writer. Default 10 s; positive.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a file that cannot be read is looked at again: services write it in place, so that half of it may be there.
    /// Default 250 ms; zero looks once.</summary>
    public TimeSpan TornReadPatience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether the folder belongs to reDB alone and must be closed to everybody else (0700). Default false: then nobody else may write to it.</summary>
    public bool IsFolderOwn { get; init; }

    /// <summary>Whether others with master passwords of their own keep entries here. Default false: then an entry that does not open is a
    /// fault, and a file of which none opens is not written to.</summary>
    public bool HoldsOthers { get; init; }
}
