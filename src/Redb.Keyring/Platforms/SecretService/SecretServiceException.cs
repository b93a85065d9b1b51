namespace Redb.Keyring.Platforms.SecretService;

/// <summary>Carries what libsecret said to whoever puts it into words.</summary>
/// <param name="message">Its own words.</param>
/// <param name="isLocked">Whether the collection was locked then.</param>
internal sealed class SecretServiceException(string message, bool isLocked) : Exception(message)
{
    public bool IsLocked { get; } = isLocked;
}
