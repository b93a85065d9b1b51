using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Redb.Keyring.Files;

namespace Redb.Keyring.MasterPasswords;

/// <summary>The master password that was generated for a group: one line in a file beside its keyring, mode 0600.</summary>
internal static class MasterPasswordFile
{
    private const string Ending = ".key";
    private const int RandomBytes = 32;

    /// <summary>Where the password of a keyring stands.</summary>
    public static string Beside(string keyring) => keyring + Ending;

    /// <summary>A password that nobody guesses: 256 random bits, so that the format's plain hash is no weakness.</summary>
    public static Secret Generate() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <summary>The password; null when none was generated.</summary>
    public static Secret? Read(string keyring, KeyringFileOptions options)
    {
        var path = Beside(keyring);
        Permissions.CheckFolder(Path.GetDirectoryName(path)!, options.IsFolderOwn);
        if (SafeFile.Read(path) is not { } content)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(content).TrimEnd('\r', '\n');
        return text.Length > 0
            ? new(text)
            : throw new KeyringException(
                KeyringFault.Damaged,
                $"{path} is not used",
                "it is empty, and the master password should stand in it",
                "restore it from a backup, or set REDB_KEYRING_PASSWORD"
            );
    }

    /// <summary>Writes the password. Only for who holds the lock of the keyring.</summary>
    public static void Write(string keyring, Secret password) =>
        SafeFile.Replace(Beside(keyring), Encoding.UTF8.GetBytes(password.Reveal() + "\n"));
}
