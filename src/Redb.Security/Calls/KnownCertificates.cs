using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Redb.Security.Certificates;

namespace Redb.Security.Calls;

/// <summary>Certificates that came with tokens, judged once a minute instead of with every call; a change of the credentials, the deny list among them, counts at once.</summary>
/// <param name="credentials">Whom to believe.</param>
/// <param name="most">How many are kept; beyond that all are judged anew.</param>
/// <param name="time">Clock of the certificates.</param>
internal sealed class KnownCertificates(Credentials credentials, int most, TimeProvider time)
{
    private static readonly TimeSpan JudgeAgain = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);
    private CredentialSet? _set;

    /// <summary>What is known of a certificate; null for bytes that are none.</summary>
    public Known? Find(byte[] der)
    {
        var thumbprint = Convert.ToHexString(SHA256.HashData(der));
        var set = credentials.Current;
        lock (_gate)
        {
            if (!ReferenceEquals(set, _set))
            {
                _known.Clear();
                _set = set;
            }

            if (_known.TryGetValue(thumbprint, out var known) && time.GetElapsedTime(known.Judged) < JudgeAgain)
            {
                return known;
            }
        }

        if (Judge(set, der, thumbprint) is not { } fresh)
        {
            return null;
        }

        lock (_gate)
        {
            if (_known.Count >= most)
            {
                _known.Clear();
            }

            _known[thumbprint] = fresh;
        }

        return fresh;
    }

    private Known? Judge(CredentialSet set, byte[] der, string thumbprint)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            var verdict = set.Judge(certificate, CertificateAuthority.ClientPurpose, time.GetUtcNow());
            return certificate.GetECDsaPublicKey() is { } key
                ? new(thumbprint, verdict, key.ExportSubjectPublicKeyInfo(), time.GetTimestamp())
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A certificate that came with a token.</summary>
    /// <param name="Thumbprint">Its hash.</param>
    /// <param name="Verdict">Whether it is genuine, and whose it is.</param>
    /// <param name="PublicKey">What its signatures are checked with.</param>
    /// <param name="Judged">When, as a timestamp.</param>
    internal sealed record Known(string Thumbprint, Verdict Verdict, byte[] PublicKey, long Judged)
    {
        /// <summary>Its public key; one for each use, since they are not safe across threads.</summary>
        public ECDsa OpenKey()
        {
            var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(PublicKey, out _);
            return key;
        }
    }
}
