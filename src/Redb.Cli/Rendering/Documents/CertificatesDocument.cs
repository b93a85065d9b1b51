using System.Collections.Immutable;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What <c>redbctl certs show -o json</c> prints.</summary>
/// <param name="Certificates">The authorities, the hosts', the tools'.</param>
internal sealed record CertificatesDocument(ImmutableArray<CertificateDocument> Certificates) : Document;
