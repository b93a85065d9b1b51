namespace Redb.Abstractions.Configuration;

/// <summary>The <c>keyring</c> section.</summary>
public sealed record KeyringConfiguration
{
    /// <summary><c>auto</c> (default), <c>system</c> or <c>file</c>; exported as <c>REDB_KEYRING_BACKEND</c>.</summary>
    public string Backend { get; init; } = "auto";

    /// <summary>Keyring file; exported as <c>REDB_KEYRING_PATH</c> when not empty. Default empty: the built-in place.</summary>
    public string Path { get; init; } = "";

    /// <summary>Master password of the file keyring. Default empty. Never logged; <c>REDB_KEYRING_PASSWORD</c> overrides it.</summary>
    public string MasterKey { get; init; } = "";

    /// <summary>Prefix of entry names. Default <c>redb</c>.</summary>
    public string ServiceName { get; init; } = "redb";

    /// <summary>Longest wait for another writer of the keyring file. Default 10 s; 1 ms to a day.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for one answer of the system's keyring. Default 5 s; 1 ms to a day.</summary>
    public TimeSpan SystemTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Leaves the master key out, so that a configuration can be printed.</summary>
    public override string ToString() => $"{Backend} {Path} {ServiceName}";
}
