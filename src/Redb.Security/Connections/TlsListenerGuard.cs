using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Redb.Abstractions.Security;
using Redb.Security.Certificates;

namespace Redb.Security.Connections;

/// <summary>The listening end of mutual TLS.</summary>
/// <param name="credentials">What it shows and whom it believes.</param>
/// <param name="kinds">Who may connect.</param>
/// <param name="time">Clock of the certificates.</param>
internal sealed class TlsListenerGuard(Credentials credentials, IReadOnlyList<IdentityKind> kinds, TimeProvider time)
    : IConnectionGuard
{
    public async Task<Stream?> GreetAsync(Stream raw, EndPoint? remote, CancellationToken cancellationToken)
    {
        var set = credentials.Current;
        var stream = new SslStream(raw, leaveInnerStreamOpen: true, Tls.JudgedLater);
        try
        {
            await HandshakeAsync(stream, set, cancellationToken);
            var verdict = Judge(set, stream.RemoteCertificate as X509Certificate2);
            if (verdict.Identity is null)
            {
                await Answer.RefuseAsync(stream, verdict.Reason, verdict.Text, cancellationToken);
                throw new AccessRefusedException(verdict.Reason, verdict.Text);
            }

            await Answer.WelcomeAsync(stream, cancellationToken);
            return stream;
        }
        catch (IOException error)
        {
            await stream.DisposeAsync();
            throw new AccessRefusedException(
                RefusalReason.NoHandshake,
                $"it ended the connection, and may not believe this host: {Tls.CauseOf(error)}",
                error
            );
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private Verdict Judge(CredentialSet set, X509Certificate2? certificate)
    {
        var verdict = set.Judge(certificate, CertificateAuthority.ClientPurpose, time.GetUtcNow());
        return verdict.Identity is { } identity && !kinds.Contains(identity.Kind)
            ? Verdict.Refused(
                RefusalReason.WrongKind,
                $"the certificate of {identity.Describe()} does not admit to connections between silos"
            )
            : verdict;
    }

    private static async Task HandshakeAsync(SslStream stream, CredentialSet set, CancellationToken cancellationToken)
    {
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = set.Context,
                    ClientCertificateRequired = true,
                    EnabledSslProtocols = Tls.Versions,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    // A resumed session would bring a certificate that was judged yesterday.
                    AllowTlsResume = false,
                    AllowRenegotiation = false,
                },
                cancellationToken
            );
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            throw new AccessRefusedException(
                RefusalReason.NoHandshake,
                $"the TLS handshake failed: {Tls.CauseOf(error)}",
                error
            );
        }
    }
}
