using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Redb.Abstractions.Security;
using Redb.Security.Certificates;

namespace Redb.Security.Connections;

/// <summary>The connecting end of mutual TLS: talks to hosts of its own cluster only.</summary>
/// <param name="credentials">What it shows and whom it believes.</param>
/// <param name="time">Clock of the certificates.</param>
internal sealed class TlsConnectorGuard(Credentials credentials, TimeProvider time) : IConnectionGuard
{
    public async Task<Stream?> GreetAsync(Stream raw, EndPoint? remote, CancellationToken cancellationToken)
    {
        var set = credentials.Current;
        var stream = new SslStream(raw, leaveInnerStreamOpen: true, Tls.JudgedLater);
        try
        {
            await HandshakeAsync(stream, set, cancellationToken);
            Judge(set, stream.RemoteCertificate as X509Certificate2, remote);
            await Answer.AwaitAsync(stream, cancellationToken);
            return stream;
        }
        catch (IOException error)
        {
            await stream.DisposeAsync();
            throw new AccessRefusedException(
                RefusalReason.NoHandshake,
                $"{remote} ended the connection: {Tls.CauseOf(error)}",
                error
            );
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private void Judge(CredentialSet set, X509Certificate2? certificate, EndPoint? remote)
    {
        var verdict = set.Judge(certificate, CertificateAuthority.ServerPurpose, time.GetUtcNow());
        if (verdict.Identity is not { Kind: IdentityKind.Host } identity)
        {
            throw new AccessRefusedException(
                verdict.Identity is null ? verdict.Reason : RefusalReason.WrongKind,
                $"what answers at {remote} is not believed: {(verdict.Identity is null ? verdict.Text : "it is no host")}"
            );
        }

        if (remote is IPEndPoint { Address: var address } && !CredentialSet.IsBelievedAt(certificate!, address))
        {
            throw new AccessRefusedException(
                RefusalReason.WrongKind,
                $"what answers at {remote} is not believed: the certificate of {identity.Describe()} is for other addresses"
            );
        }
    }

    private static async Task HandshakeAsync(SslStream stream, CredentialSet set, CancellationToken cancellationToken)
    {
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    // Hosts are known by the URI in their certificate: addresses change.
                    TargetHost = "",
                    ClientCertificateContext = set.Context,
                    EnabledSslProtocols = Tls.Versions,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    AllowTlsResume = false,
                    AllowRenegotiation = false,
                },
                cancellationToken
            );
        }
        catch (AuthenticationException error)
        {
            throw new AccessRefusedException(
                RefusalReason.NoHandshake,
                $"the TLS handshake failed: {Tls.CauseOf(error)}",
                error
            );
        }
    }
}
