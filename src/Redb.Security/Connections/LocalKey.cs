using System.Security.Cryptography;
using System.Text;

namespace Redb.Security.Connections;

/// <summary>
/// A secret of the silos and tools of one user on one machine. Whoever connects over loopback proves that it knows the secret, and so does whoever listens;
/// the secret itself is never sent.
/// </summary>
internal sealed class LocalKey
{
    /// <summary>Length of the secret, of what is drawn for a proof, and of a proof.</summary>
    public const int Bytes = 32;

    private readonly byte[] _secret;

    private LocalKey(byte[] secret) => _secret = secret;

    /// <summary>The secret for a file that only its owner may read.</summary>
    public string Text => Convert.ToBase64String(_secret);

    /// <summary>Draws a new one.</summary>
    public static LocalKey Draw() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Reads one; null for what is none.</summary>
    public static LocalKey? Parse(string text)
    {
        var secret = new byte[Bytes];
        return Convert.TryFromBase64String(text.Trim(), secret, out var length) && length == Bytes ? new(secret) : null;
    }

    /// <summary>What the one end proves that it knows the secret by.</summary>
    /// <param name="end">Which end: a proof of the one is worth nothing for the other.</param>
    /// <param name="challenge">What the other end drew.</param>
    /// <param name="own">What this end drew.</param>
    public byte[] Prove(string end, ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> own) =>
        HMACSHA256.HashData(_secret, (byte[])[.. Encoding.ASCII.GetBytes(end), .. challenge, .. own]);

    public override string ToString() => nameof(LocalKey);
}
