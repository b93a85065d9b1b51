using System.Net;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

/// <summary>A way to the other hosts that is as a test says.</summary>
internal sealed class StatedApproach : IClusterApproach
{
    public ApproachVerdict Now { get; set; } = new(ApproachKind.Closed, "the database is away");

    /// <summary>Whether silos greet.</summary>
    public bool LetsUsIn { get; set; }

    /// <summary>How often that was asked.</summary>
    public int Looks { get; private set; }

    public string ConnectionString => "";

    public Task<ApproachVerdict> LookAsync(CancellationToken cancellationToken) => Task.FromResult(Now);

    public Task<bool> LetsUsInAsync(IPEndPoint silo, TimeSpan patience, CancellationToken cancellationToken)
    {
        Looks++;
        return Task.FromResult(LetsUsIn);
    }
}
