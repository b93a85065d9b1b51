using System.Collections.Immutable;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What <c>status -o json</c> prints. Fields are only ever added.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="Journal">What keeps the journals of their supervisors from being written, one sentence each.</param>
/// <param name="Cluster">What keeps their supervisors from other hosts of the cluster, one sentence each.</param>
internal sealed record StatusDocument(
    ImmutableArray<GroupDocument> Groups,
    ImmutableArray<string> Journal,
    ImmutableArray<string> Cluster
) : Document;
