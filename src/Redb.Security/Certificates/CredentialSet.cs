using System.Collections.Frozen;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Redb.Abstractions.Security;

namespace Redb.Security.Certificates;

/// <summary>What a process shows and whom it believes, as its files said at one moment.</summary>
internal sealed class CredentialSet
{
    private readonly X509Certificate2Collection _authorities;
    private readonly FrozenSet<string> _denied;

    private CredentialSet(X509Certificate2Collection authorities, FrozenSet<string> denied, X509Certificate2? own)
    {
        _authorities = authorities;
        _denied = denied;
        Own = own;
        Context = own is null ? null : SslStreamCertificateContext.Create(own, null, offline: true);
        Identity = own is null ? null : CertificateIdentity.Of(own);
    }

    /// <summary>The certificate it shows, with its private key.</summary>
    public X509Certificate2? Own { get; }

    /// <summary>The same, as a connection wants it.</summary>
    public SslStreamCertificateContext? Context { get; }

    /// <summary>Who it is.</summary>
    public CertificateIdentity? Identity { get; }

    /// <summary>The key it signs with.</summary>
    public ECDsa SigningKey =>
        Own?.GetECDsaPrivateKey() ?? throw new InvalidOperationException("Without a certificate nothing is signed.");

    /// <summary>Reads the files.</summary>
    /// <exception cref="CredentialFailure">One of them is missing, open to others, or does not hold what it should.</exception>
    public static CredentialSet Read(TlsFiles files)
    {
        var authorities = new X509Certificate2Collection();
        Attempt(files.Authorities, "the authorities", text => authorities.ImportFromPem(text));
        if (authorities.Count == 0)
        {
            throw Unusable(files.Authorities, "the authorities", "there is no certificate in it");
        }

        var list = DenyList.BesideOf(files.Authorities);
        var denied = File.Exists(list) ? DenyList.Parse(File.ReadAllText(list)) : [];
        return new(
            authorities,
            denied,
            files is { Certificate: { } own, PrivateKey: { } key } ? ReadOwn(own, key) : null
        );
    }

    /// <summary>Finds out whether a certificate is genuine and whom it speaks for.</summary>
    /// <param name="certificate">The certificate; null when none was shown.</param>
    /// <param name="purpose">What it has to be for: one of the purposes of <see cref="CertificateAuthority"/>.</param>
    /// <param name="now">The time.</param>
    public Verdict Judge(X509Certificate2? certificate, string purpose, DateTimeOffset now)
    {
        if (certificate is null)
        {
            return Verdict.Refused(RefusalReason.NoCertificate, "no certificate was shown");
        }

        if (_denied.Contains(certificate.SerialNumber))
        {
            return Verdict.Refused(RefusalReason.Revoked, $"the certificate {certificate.SerialNumber} is revoked");
        }

        using var chain = new X509Chain { ChainPolicy = PolicyOf(purpose, now) };
        var isGenuine = chain.Build(certificate);
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        return isGenuine && CertificateIdentity.Of(certificate) is { } identity
            ? Verdict.Of(identity)
            : Refusal(certificate, status, now);
    }

    /// <summary>Whether a certificate may be shown at an address: one that names addresses only at these.</summary>
    public static bool IsBelievedAt(X509Certificate2 certificate, IPAddress address)
    {
        var named = certificate
            .Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(names => names.EnumerateIPAddresses())
            .ToList();
        return named.Count == 0 || IPAddress.IsLoopback(address) || named.Contains(Plain(address));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static Verdict Refusal(X509Certificate2 certificate, X509ChainStatusFlags status, DateTimeOffset now)
    {
        const X509ChainStatusFlags Strange =
            X509ChainStatusFlags.UntrustedRoot
            | X509ChainStatusFlags.PartialChain
            | X509ChainStatusFlags.NotSignatureValid;
        return (status & Strange) != X509ChainStatusFlags.NoError
                ? Verdict.Refused(
                    RefusalReason.UnknownAuthority,
                    $"the certificate of '{certificate.Subject}' is not signed by an authority of this cluster"
                )
            : (status & X509ChainStatusFlags.NotTimeValid) != X509ChainStatusFlags.NoError
                ? Verdict.Refused(
                    RefusalReason.Expired,
                    $"the certificate of '{certificate.Subject}' is valid from {Time(certificate.NotBefore)} to {Time(certificate.NotAfter)}, and it is {Time(now.UtcDateTime)}"
                )
            : Verdict.Refused(
                RefusalReason.WrongKind,
                $"the certificate of '{certificate.Subject}' is genuine, but not for this use"
            );
    }

    private static string Time(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private X509ChainPolicy PolicyOf(string purpose, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // The deny list stands in for what a public authority would publish; nothing is fetched from anywhere.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.LocalDateTime,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        policy.ApplicationPolicy.Add(new(purpose));
        return policy;
    }

    private static X509Certificate2 ReadOwn(string certificate, string key)
    {
        if (File.Exists(key) && PrivateFile.IsOpenToOthers(key))
        {
            throw new CredentialFailure(
                "the private key is not private",
                $"{key} may be used by others than its owner",
                $"chmod 600 {key}"
            );
        }

        X509Certificate2? own = null;
        Attempt(certificate, "the certificate", text => own = X509Certificate2.CreateFromPem(text));
        using (own)
        {
            X509Certificate2? whole = null;
            Attempt(
                key,
                "the private key",
                text =>
                {
                    using var algorithm = ECDsa.Create();
                    algorithm.ImportFromPem(text);
                    whole = own!.CopyWithPrivateKey(algorithm);
                }
            );
            return whole!;
        }
    }

    private static void Attempt(string path, string what, Action<string> read)
    {
        try
        {
            read(File.ReadAllText(path));
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw Unusable(path, what, error.Message);
        }
    }

    private static CredentialFailure Unusable(string path, string what, string cause) =>
        new(
            $"{what} cannot be read",
            $"{path}: {cause}",
            "redbctl certs show lists what there is, redbctl certs --help says how to make it"
        );
}
