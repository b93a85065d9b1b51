namespace Redb.Keyring;

/// <summary>The keyring of the operating system.</summary>
public interface ISystemKeyring : IKeyring
{
    /// <summary>Tries whether it takes, gives back and forgets an entry, as unmodified services try it.</summary>
    /// <returns>Null when it does, else the reason why not.</returns>
    Task<string?> ProbeAsync(CancellationToken cancellationToken);
}
