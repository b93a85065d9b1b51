using System.Globalization;
using System.Text;

namespace Redb.Keyring.Exports;

/// <summary>What stands in an export in clear. All of it is authenticated together with the secrets.</summary>
/// <param name="Created">When it was made.</param>
/// <param name="Group">Whose secrets it holds.</param>
/// <param name="MemoryKib">Memory of Argon2id, KiB.</param>
/// <param name="Passes">Passes of Argon2id.</param>
/// <param name="Lanes">Lanes of Argon2id.</param>
/// <param name="Salt">Salt of Argon2id.</param>
/// <param name="Nonce">Nonce of AES-256-GCM.</param>
internal sealed record ExportHeader(
    DateTimeOffset Created,
    string Group,
    int MemoryKib,
    int Passes,
    int Lanes,
    byte[] Salt,
    byte[] Nonce
)
{
    public const string Format = "redb-keyring-export";
    public const int Version = 1;
    public const string KeyDerivation = "argon2id";
    public const string Cipher = "aes-256-gcm";

    private const int SaltBytes = 16;
    private const int NonceBytes = 12;

    // More would be asked for by nobody but who wants to exhaust this machine.
    private const int MostMemoryKib = 1024 * 1024;
    private const int MostPasses = 64;
    private const int MostLanes = 16;

    /// <summary>What new exports use: the second choice of RFC 9106, for machines that have other things to do.</summary>
    public static ExportHeader Create(DateTimeOffset created, string group, Func<int, byte[]> random) =>
        new(created, group, MemoryKib: 64 * 1024, Passes: 3, Lanes: 4, random(SaltBytes), random(NonceBytes));

    /// <summary>Whether it can be worked with here.</summary>
    public bool IsLegal =>
        MemoryKib is > 0 and <= MostMemoryKib
        && Passes is > 0 and <= MostPasses
        && Lanes is > 0 and <= MostLanes
        && MemoryKib >= 8 * Lanes
        && Salt.Length >= 8
        && Nonce.Length == NonceBytes;

    /// <summary>The header as it is authenticated: its values in this order, each with a line feed behind it.</summary>
    public byte[] ToAuthenticated() =>
        Encoding.UTF8.GetBytes(
            string.Concat(
                new[]
                {
                    Format,
                    Version.ToString(CultureInfo.InvariantCulture),
                    Created.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                    Group,
                    KeyDerivation,
                    MemoryKib.ToString(CultureInfo.InvariantCulture),
                    Passes.ToString(CultureInfo.InvariantCulture),
                    Lanes.ToString(CultureInfo.InvariantCulture),
                    Convert.ToBase64String(Salt),
                    Cipher,
                    Convert.ToBase64String(Nonce),
                }.Select(value => value + "\n")
            )
        );
}
