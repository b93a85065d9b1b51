using System.Security.Cryptography;
using System.Text;

namespace Redb.Keyring.Files;

/// <summary>How a secret is kept in a file: AES-256-GCM under the SHA-256 of the master password, as nonce, ciphertext and tag.</summary>
internal static class Seal
{
    public const int NonceBytes = 12;
    public const int TagBytes = 16;

    private static readonly UTF8Encoding s_utf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Seals a secret.</summary>
    /// <param name="password">The master password.</param>
    /// <param name="secret">What is sealed.</param>
    /// <param name="nonce">12 random bytes, never the same twice.</param>
    public static byte[] Close(Secret password, Secret secret, ReadOnlySpan<byte> nonce)
    {
        var plain = s_utf8.GetBytes(secret.Reveal());
        var result = new byte[NonceBytes + plain.Length + TagBytes];
        nonce.CopyTo(result);
        using var cipher = Cipher(password);
        cipher.Encrypt(nonce, plain, result.AsSpan(NonceBytes, plain.Length), result.AsSpan(NonceBytes + plain.Length));
        CryptographicOperations.ZeroMemory(plain);
        return result;
    }

    /// <summary>Seals a secret with a nonce of its own.</summary>
    public static byte[] Close(Secret password, Secret secret) =>
        Close(password, secret, RandomNumberGenerator.GetBytes(NonceBytes));

    /// <summary>Opens a sealed secret; null when it was sealed with another password, or is damaged: nobody can tell which.</summary>
    public static Secret? Open(Secret password, ReadOnlySpan<byte> sealedSecret)
    {
        if (sealedSecret.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var plain = new byte[sealedSecret.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = Cipher(password);
            cipher.Decrypt(
                sealedSecret[..NonceBytes],
                sealedSecret.Slice(NonceBytes, plain.Length),
                sealedSecret[^TagBytes..],
                plain
            );
            return new(s_utf8.GetString(plain));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        catch (DecoderFallbackException)
        {
            // The password was right; secrets that are no text are nothing that reDB writes.
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static AesGcm Cipher(Secret password)
    {
        var key = SHA256.HashData(Encoding.UTF8.GetBytes(password.Reveal()));
        var cipher = new AesGcm(key, TagBytes);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }
}
