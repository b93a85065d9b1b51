using System.Net;

namespace Redb.Database.Cluster;

/// <summary>A silo as the cluster's database has it.</summary>
/// <param name="Name">Name of the silo.</param>
/// <param name="EndPoint">Where other silos reach it.</param>
public sealed record ClusterMember(string Name, IPEndPoint EndPoint);
