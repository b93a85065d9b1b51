using System.Net;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

/// <summary>A way to the other hosts that is as a test says.</summary>
internal sealed class StatedApproach : IClusterApproach
{
    public ApproachVerdict Now { get; set; } = new(ApproachKind.Closed, "the database is away");

    /// <summary>Whether every silo can be reached.</summary>
    public bool Reaches { get; set; }

    public string ConnectionString => "";

    public Task<ApproachVerdict> LookAsync(CancellationToken cancellationToken) => Task.FromResult(Now);

    public Task<bool> ReachesAsync(IPEndPoint silo, CancellationToken cancellationToken) => Task.FromResult(Reaches);
}
