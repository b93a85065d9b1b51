using System.Net;

namespace Redb.Silo.Cluster;

/// <summary>The way to the silos of other hosts.</summary>
internal interface IClusterApproach
{
    /// <summary>How the members' table is reached.</summary>
    string ConnectionString { get; }

    /// <summary>Looks. What earlier lives of this silo left among the members is declared dead by that.</summary>
    Task<ApproachVerdict> LookAsync(CancellationToken cancellationToken);

    /// <summary>Whether a silo greets us; never where nobody is asked who they are: a connection alone is made by the kernel of a frozen one, too.</summary>
    Task<bool> LetsUsInAsync(IPEndPoint silo, TimeSpan patience, CancellationToken cancellationToken);
}
