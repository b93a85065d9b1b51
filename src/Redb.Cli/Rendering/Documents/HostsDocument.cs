using System.Collections.Immutable;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What <c>hosts -o json</c> prints. Fields are only ever added.</summary>
/// <param name="Hosts">The supervisors of the cluster.</param>
internal sealed record HostsDocument(ImmutableArray<HostDocument> Hosts) : Document;
