using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Redb.Security.Calls;

/// <summary>
/// Who makes a call, proven by the key of a certificate. Good for one call: <c>version, time of issue, nonce, length of the certificate, certificate,
/// signature</c>. Travels in the request context, and not beyond the grain that is called.
/// </summary>
/// <param name="IssuedMilliseconds">When it was made: milliseconds since 1970 by the sender's clock.</param>
/// <param name="Nonce">Tells it from every other one.</param>
/// <param name="Certificate">The sender's certificate, DER.</param>
/// <param name="Signature">Over the facts of the call, the time and the nonce.</param>
internal sealed record CallToken(long IssuedMilliseconds, byte[] Nonce, byte[] Certificate, byte[] Signature)
{
    /// <summary>Where it stands in the request context.</summary>
    public const string Key = "redb.token";

    /// <summary>Length of the nonce.</summary>
    public const int NonceBytes = 16;

    private const byte Version = 1;
    private const int HeaderBytes = 1 + sizeof(long) + NonceBytes + sizeof(ushort);
    private const int SignatureBytes = 64;

    /// <summary>Makes one.</summary>
    public static CallToken Sign(X509Certificate2 certificate, ECDsa key, CallFacts facts, DateTimeOffset now)
    {
        var issued = now.ToUnixTimeMilliseconds();
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        return new(
            issued,
            nonce,
            certificate.RawData,
            key.SignData(facts.ToBytes(issued, nonce), HashAlgorithmName.SHA256)
        );
    }

    /// <summary>Whether it was signed for these facts with the key of its certificate.</summary>
    public bool IsFor(CallFacts facts, ECDsa publicKey) =>
        publicKey.VerifyData(facts.ToBytes(IssuedMilliseconds, Nonce), Signature, HashAlgorithmName.SHA256);

    /// <summary>The bytes that travel.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderBytes + Certificate.Length + SignatureBytes];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), IssuedMilliseconds);
        Nonce.CopyTo(bytes.AsSpan(1 + sizeof(long)));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(HeaderBytes - sizeof(ushort)), (ushort)Certificate.Length);
        Certificate.CopyTo(bytes.AsSpan(HeaderBytes));
        Signature.CopyTo(bytes.AsSpan(HeaderBytes + Certificate.Length));
        return bytes;
    }

    /// <summary>Reads one; null for what is none.</summary>
    public static CallToken? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes + SignatureBytes || bytes[0] != Version)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(HeaderBytes - sizeof(ushort))..]);
        return bytes.Length == HeaderBytes + length + SignatureBytes
            ? new(
                BinaryPrimitives.ReadInt64BigEndian(bytes[1..]),
                bytes.Slice(1 + sizeof(long), NonceBytes).ToArray(),
                bytes.Slice(HeaderBytes, length).ToArray(),
                bytes[(HeaderBytes + length)..].ToArray()
            )
            : null;
    }

    public override string ToString() => nameof(CallToken);
}
