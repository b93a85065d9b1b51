using System.Security.Cryptography;

namespace Redb.Initialization.Keyring;

/// <summary>Makes new secrets, in the forms in which reDB services read them (contract, 5.4).</summary>
internal static class FreshSecrets
{
    /// <summary>Characters of a database password (contract, 6.2 step 2).</summary>
    public const string PasswordCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!@#$%^&*";

    /// <summary>Length of a database password.</summary>
    public const int PasswordLength = 32;

    private const int KeyBits = 2048;
    private const int TokenSecretBytes = 64;

    /// <summary>A database password; every character is equally likely.</summary>
    public static string Password() => RandomNumberGenerator.GetString(PasswordCharacters, PasswordLength);

    /// <summary>A secret that tokens are signed with.</summary>
    public static string TokenSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenSecretBytes));

    /// <summary>A private key.</summary>
    public static string PrivateKey()
    {
        using var key = RSA.Create(KeyBits);
        return key.ExportRSAPrivateKeyPem() + "\n";
    }

    /// <summary>The public half of a private key; null when it is none.</summary>
    public static string? PublicKeyOf(string privateKey)
    {
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(privateKey);
            return key.ExportSubjectPublicKeyInfoPem() + "\n";
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            return null;
        }
    }
}
