using System.Net;

namespace Redb.Silo.Cluster;

/// <summary>The way to the silos of other hosts.</summary>
internal interface IClusterApproach
{
    /// <summary>How the members' table is reached.</summary>
    string ConnectionString { get; }

    /// <summary>Looks. What earlier lives of this silo left among the members is declared dead by that.</summary>
    Task<ApproachVerdict> LookAsync(CancellationToken cancellationToken);

    /// <summary>Whether a silo can be reached from here, and lets us in.</summary>
    Task<bool> ReachesAsync(IPEndPoint silo, CancellationToken cancellationToken);
}
