namespace Redb.Silo.Cluster;

/// <summary>The cluster cannot be joined; the message says why and what to do, for people.</summary>
internal sealed class ClusterException(string message, Exception? cause = null) : Exception(message, cause);
