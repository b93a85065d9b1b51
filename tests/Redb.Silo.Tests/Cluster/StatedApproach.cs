using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

/// <summary>A way to the other hosts that is as a test says.</summary>
internal sealed class StatedApproach : IClusterApproach
{
    public ApproachVerdict Now { get; set; } = new(ApproachKind.Closed, "the database is away");

    public string ConnectionString => "";

    public Task<ApproachVerdict> LookAsync(CancellationToken cancellationToken) => Task.FromResult(Now);
}
