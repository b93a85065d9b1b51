using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Redb.Security.Certificates;

/// <summary>Makes certificates: ECDSA on P-256, signed with SHA-256.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    /// <summary>Purpose of a certificate that is shown by whoever is connected to.</summary>
    public const string ServerPurpose = "1.3.6.1.5.5.7.3.1";

    /// <summary>Purpose of a certificate that is shown by whoever connects.</summary>
    public const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    // Clocks differ: what is issued now must be valid on a host that is a little behind.
    private static readonly TimeSpan Backdated = TimeSpan.FromMinutes(5);

    private readonly X509Certificate2 _certificate;

    private CertificateAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>Makes the certificate of a new authority.</summary>
    /// <param name="cluster">Name of the cluster, for people.</param>
    /// <param name="validity">How long it is valid.</param>
    /// <param name="now">The time.</param>
    public static KeyPair Create(string cluster, TimeSpan validity, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName("redb");
        name.AddCommonName($"{cluster} {now:yyyy-MM-dd}");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(now - Backdated, now + validity);
        return new(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Takes an authority up again.</summary>
    public static CertificateAuthority Of(KeyPair pair) =>
        new(X509Certificate2.CreateFromPem(pair.Certificate, pair.PrivateKey));

    /// <summary>Makes a certificate.</summary>
    public KeyPair Issue(CertificateOrder order, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(SubjectOf(order.Identity), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(PurposesOf(order.Identity.Kind), true));
        request.CertificateExtensions.Add(NamesOf(order));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false)
        );
        var end = now + order.Validity;
        var last = new DateTimeOffset(_certificate.NotAfter);
        var begin = now - Backdated;
        var first = new DateTimeOffset(_certificate.NotBefore);
        using var certificate = request.Create(
            _certificate,
            begin < first ? first : begin,
            end > last ? last : end,
            Serial()
        );
        return new(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _certificate.Dispose();

    private static X500DistinguishedName SubjectOf(CertificateIdentity identity)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName("redb");
        name.AddOrganizationalUnitName(
            identity.Kind == IdentityKind.Host ? "host" : CertificateIdentity.NameOf(identity.Role)
        );
        name.AddCommonName(identity.Name);
        return name.Build();
    }

    private static OidCollection PurposesOf(IdentityKind kind) =>
        kind == IdentityKind.Host ? [new Oid(ServerPurpose), new Oid(ClientPurpose)] : [new Oid(ClientPurpose)];

    private static X509Extension NamesOf(CertificateOrder order)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new(order.Identity.Uri));
        foreach (var name in order.Names)
        {
            names.AddDnsName(name);
        }

        foreach (var address in order.Addresses)
        {
            names.AddIpAddress(address);
        }

        return names.Build();
    }

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        // Positive, and never shorter than it was drawn.
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
