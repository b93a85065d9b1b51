using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

/// <summary>Services that start as a test says.</summary>
internal sealed class StatedBeginnings : IBeginnings
{
    public Beginnings Now { get; set; } = new([], MayFollow: false);

    public Task<Beginnings> LookAsync(CancellationToken cancellationToken) => Task.FromResult(Now);
}
