using System.Security.Cryptography;
using Redb.Security.Certificates;

namespace Redb.Security.Calls;

/// <summary>
/// Proves that a call comes from a silo: signed with a host's key, valid for minutes, renewed each minute. Calls between silos go over connections that only
/// hosts have, and the seal is taken off whatever goes to a client: no tool ever sees one.
/// </summary>
internal sealed class SiloSeal(Credentials credentials, string cluster, TimeProvider time)
{
    /// <summary>Where it stands in the request context.</summary>
    public const string Key = "redb.seal";

    // A call between silos carries no more than its sender's right to speak as a silo, so its facts are always the same.
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(5);
    private const int MostSeals = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _genuine = new(StringComparer.Ordinal);
    private readonly CallFacts _facts = new(cluster, "silo", "", "");
    private (string Text, CredentialSet Set, long Made)? _own;

    /// <summary>The seal of this silo.</summary>
    public string Own
    {
        get
        {
            var set = credentials.Current;
            lock (_gate)
            {
                if (_own is { } own && ReferenceEquals(own.Set, set) && time.GetElapsedTime(own.Made) < RenewAfter)
                {
                    return own.Text;
                }

                using var key = set.SigningKey;
                var text = Convert.ToBase64String(CallToken.Sign(set.Own!, key, _facts, time.GetUtcNow()).ToBytes());
                _own = (text, set, time.GetTimestamp());
                return text;
            }
        }
    }

    /// <summary>Whether what came with a call is the seal of a silo.</summary>
    public bool IsGenuine(object? seal)
    {
        if (seal is not string text)
        {
            return false;
        }

        lock (_gate)
        {
            // Within one silo the text is the very same object.
            if (ReferenceEquals(text, _own?.Text))
            {
                return true;
            }

            if (_genuine.TryGetValue(text, out var judged) && time.GetElapsedTime(judged) < RenewAfter)
            {
                return true;
            }
        }

        if (!Judge(text))
        {
            return false;
        }

        lock (_gate)
        {
            if (_genuine.Count >= MostSeals)
            {
                _genuine.Clear();
            }

            _genuine[text] = time.GetTimestamp();
            return true;
        }
    }

    private bool Judge(string text)
    {
        var bytes = new byte[text.Length];
        if (
            !Convert.TryFromBase64String(text, bytes, out var length)
            || CallToken.Parse(bytes.AsSpan(0, length)) is not { } seal
            || (time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(seal.IssuedMilliseconds)).Duration()
                > ValidFor
        )
        {
            return false;
        }

        try
        {
            using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(
                seal.Certificate
            );
            using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPublicKey(
                certificate
            );
            var verdict = credentials.Current.Judge(certificate, CertificateAuthority.ServerPurpose, time.GetUtcNow());
            return verdict.Identity is { Kind: IdentityKind.Host } && key is not null && seal.IsFor(_facts, key);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
