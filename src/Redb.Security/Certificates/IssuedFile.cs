using System.Security.Cryptography.X509Certificates;

namespace Redb.Security.Certificates;

/// <summary>A certificate in a folder of certificates.</summary>
/// <param name="Path">The file.</param>
/// <param name="Certificate">What is in it.</param>
/// <param name="Identity">Whom it speaks for; null for an authority.</param>
/// <param name="IsRevoked">Whether it is on the deny list.</param>
internal sealed record IssuedFile(
    string Path,
    X509Certificate2 Certificate,
    CertificateIdentity? Identity,
    bool IsRevoked
);
