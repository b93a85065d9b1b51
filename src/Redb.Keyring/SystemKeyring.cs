using Redb.Keyring.Platforms;

namespace Redb.Keyring;

/// <summary>Finds the keyring of the operating system this program runs on.</summary>
public static class SystemKeyring
{
    /// <summary>The keyring of this machine. Nothing of it is loaded before the first call.</summary>
    /// <param name="timeout">Longest wait for one answer.</param>
    /// <param name="time">The clock of that wait.</param>
    public static ISystemKeyring OfThisMachine(TimeSpan timeout, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(time);
        return new NoSystemKeyring();
    }
}
