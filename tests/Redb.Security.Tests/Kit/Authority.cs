using System.Net;
using Microsoft.Extensions.Time.Testing;
using Redb.Abstractions.Security;
using Redb.Security.Certificates;

namespace Redb.Security.Tests.Kit;

/// <summary>A folder of certificates for one test.</summary>
internal sealed class Authority : IDisposable
{
    /// <summary>Id of the cluster that tests play.</summary>
    public const string Cluster = "tests";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redb-certs-");

    public Authority(DateTimeOffset? now = null)
    {
        Time = new FakeTimeProvider(
            now ?? DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds())
        );
        Folder = new(Path, Time);
        Folder.Initialize(Cluster, TimeSpan.FromDays(3650));
    }

    public FakeTimeProvider Time { get; }

    public CertificateFolder Folder { get; }

    public string Path => _folder.FullName;

    public TlsFiles Host(string name, params IPAddress[] addresses) =>
        FilesOf(
            Folder.Issue(
                new(new(IdentityKind.Host, name, CallerRole.Admin), [], [.. addresses], TimeSpan.FromDays(365))
            )
        );

    public TlsFiles Tool(string name, CallerRole role, TimeSpan? validity = null) =>
        FilesOf(Folder.Issue(new(new(IdentityKind.Tool, name, role), [], [], validity ?? TimeSpan.FromDays(365))));

    public TlsFiles FilesOf(string certificate) =>
        new(Folder.Bundle, certificate, System.IO.Path.ChangeExtension(certificate, ".key"));

    public void Dispose() => _folder.Delete(recursive: true);
}
