using Redb.Keyring.Platforms;
using Redb.Keyring.Platforms.CredentialManager;
using Redb.Keyring.Platforms.Keychain;
using Redb.Keyring.Platforms.SecretService;

namespace Redb.Keyring;

/// <summary>Finds the keyring of the operating system this program runs on.</summary>
public static class SystemKeyring
{
    /// <summary>The keyring of this machine. Nothing of it is loaded before the first call.</summary>
    /// <param name="timeout">Longest wait for one answer; positive.</param>
    /// <param name="time">The clock of that wait.</param>
    public static ISystemKeyring OfThisMachine(TimeSpan timeout, TimeProvider time) =>
        OperatingSystem.IsLinux()
            ? new SecretServiceKeyring(
                timeout,
                time,
                () => SessionBus.Missing(Environment.GetEnvironmentVariable, Path.Exists)
            )
        : OperatingSystem.IsMacOS() ? new MacKeychain(timeout, time)
        : OperatingSystem.IsWindows() ? new WindowsCredentials(timeout, time)
        : new NoSystemKeyring();
}
