using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>cluster.tls</c> section.</summary>
internal static class ClusterTlsSection
{
    private static readonly ClusterTlsConfiguration Default = new();

    private static readonly Key<string> Ca = File(
        "ca",
        Default.Ca,
        "Certificate of the cluster's own authority, as a PEM file; relative to the working directory."
    );

    private static readonly Key<string> Certificate = File(
        "certificate",
        Default.Certificate,
        "Certificate of this host, as a PEM file."
    );

    private static readonly Key<string> PrivateKey = File("key", Default.Key, "Its private key, as a PEM file.");

    public static Section Section { get; } = new("cluster_tls", [Ca, Certificate, PrivateKey]);

    public static ClusterTlsConfiguration Read(SectionReader section, ReadContext context) =>
        new()
        {
            Ca = Resolve(section.Get(Ca), context),
            Certificate = Resolve(section.Get(Certificate), context),
            Key = Resolve(section.Get(PrivateKey), context),
        };

    private static Key<string> File(string name, string fallback, string summary) =>
        new(name, TextShape.Any, fallback, summary);

    private static string Resolve(string path, ReadContext context) =>
        path.Length == 0 ? "" : Folders.Resolve(path, context.Input);
}
