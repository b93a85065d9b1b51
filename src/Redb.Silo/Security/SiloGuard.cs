using System.Net;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Supervision;
using Redb.Security;
using Redb.Security.Certificates;
using Redb.Security.Connections;

namespace Redb.Silo.Security;

/// <summary>How a supervisor's silo is guarded: by certificates where they are configured, on loopback by the key of its user's silos, else not at all.</summary>
internal sealed class SiloGuard
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    private readonly Credentials? _credentials;
    private readonly LocalKey? _key;

    private SiloGuard(Credentials? credentials, LocalKey? key, SupervisorCredentials? forTools, string notice) =>
        (_credentials, _key, ForTools, Notice) = (credentials, key, forTools, notice);

    /// <summary>What the tools of the supervisor's own user prove themselves with; null where anybody is let in.</summary>
    public SupervisorCredentials? ForTools { get; }

    /// <summary>What whoever starts the supervisor should know; empty for nothing.</summary>
    public string Notice { get; }

    /// <summary>What greets other silos; null where nobody is asked who they are.</summary>
    public IConnectionGuard? Connector =>
        _credentials is not null ? new TlsConnectorGuard(_credentials, TimeProvider.System)
        : _key is not null ? new LocalKeyGuard(_key, isListener: false)
        : null;

    /// <summary>Takes up what is configured.</summary>
    /// <param name="cluster">The configuration.</param>
    /// <param name="host">Name of this host.</param>
    /// <exception cref="CredentialFailure">The files cannot be used, or are not this host's.</exception>
    public static SiloGuard Of(ClusterConfiguration cluster, string host) =>
        cluster.Tls.IsConfigured ? OfCertificates(cluster.Tls, host)
        : IPAddress.TryParse(cluster.AdvertisedAddress, out var address) && IPAddress.IsLoopback(address)
            ? OfKey(cluster.Directory)
        : new(null, null, null, "");

    /// <summary>Guards a silo.</summary>
    public void Configure(ISiloBuilder silo, string clusterId)
    {
        if (_credentials is not null)
        {
            silo.UseCertificates(_credentials, clusterId, new(), TimeProvider.System);
        }
        else if (_key is not null)
        {
            silo.UseLocalKey(_key, new(), TimeProvider.System);
        }
    }

    private static SiloGuard OfCertificates(ClusterTlsConfiguration tls, string host)
    {
        var credentials = Credentials.Open(new(tls.Ca, tls.Certificate, tls.Key), TimeProvider.System);
        var (set, now) = (credentials.Current, TimeProvider.System.GetUtcNow());
        var verdict = set.Judge(set.Own, CertificateAuthority.ServerPurpose, now);
        if (verdict.Identity is not { Kind: IdentityKind.Host, Name: var name } || name != host)
        {
            throw new CredentialFailure(
                "the certificate is not this host's",
                verdict.Identity is { } other
                    ? $"{tls.Certificate} is for {other.Describe()}, and this is host {host}"
                    : $"{tls.Certificate}: {verdict.Text}",
                $"redbctl certs issue host {host}, where the authority is, or set cluster.host_name"
            );
        }

        var end = set.Own!.NotAfter.ToUniversalTime();
        return new(
            credentials,
            null,
            new(null, tls.Ca, tls.Certificate, tls.Key),
            end - now.UtcDateTime > s_soon
                ? ""
                : $"the certificate of host {host} expires on {end:yyyy-MM-dd}: redbctl certs rotate host {host}, where the authority is"
        );
    }

    private static SiloGuard OfKey(string folder)
    {
        try
        {
            var key = LocalKeyFile.Open(folder);
            return new(null, key, new(key.Text, null, null, null), "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CredentialFailure(
                "the key of the local silos cannot be read or written",
                error.Message,
                "see that the folder is yours and writable, or choose another with cluster.directory"
            );
        }
    }
}
