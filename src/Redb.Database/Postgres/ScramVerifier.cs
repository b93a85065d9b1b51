using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Redb.Database.Postgres;

/// <summary>
/// What PostgreSQL stores of a password (SCRAM-SHA-256, RFC 5802). Sent in the password's place, so that neither a statement nor the
/// server's log ever has the password itself.
/// </summary>
internal static class ScramVerifier
{
    // PostgreSQL's own number.
    private const int Iterations = 4096;
    private const int SaltBytes = 16;

    public static string Of(string password) => Of(password, RandomNumberGenerator.GetBytes(SaltBytes));

    /// <summary>With a salt of the caller's.</summary>
    public static string Of(string password, byte[] salt)
    {
        // What Npgsql makes of a password before it proves that it knows it.
        var secret = Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC));
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            secret,
            salt,
            Iterations,
            HashAlgorithmName.SHA256,
            HMACSHA256.HashSizeInBytes
        );
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}"
        );
    }
}
