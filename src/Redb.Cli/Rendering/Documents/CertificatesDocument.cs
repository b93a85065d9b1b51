using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What <c>redbctl certs show -o json</c> prints.</summary>
/// <param name="Certificates">The authorities, the hosts', the tools'.</param>
internal sealed record CertificatesDocument(ImmutableArray<CertificateDocument> Certificates)
{
    /// <inheritdoc cref="StatusDocument.CurrentVersion"/>
    [JsonPropertyOrder(-1)]
    public string ApiVersion { get; } = StatusDocument.CurrentVersion;
}
