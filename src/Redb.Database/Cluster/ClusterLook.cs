using System.Collections.Immutable;

namespace Redb.Database.Cluster;

/// <summary>What somebody who would like to join sees of a cluster.</summary>
/// <param name="Skew">This host's clock minus the database's.</param>
/// <param name="Members">The active silos that gave a sign of life a short time ago.</param>
public sealed record ClusterLook(TimeSpan Skew, ImmutableArray<ClusterMember> Members);
