using Orleans.Runtime.Placement;

namespace Redb.Benchmarks.Mesh;

/// <summary>All hosts are pretended by this one silo.</summary>
internal sealed class HereDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy,
        PlacementTarget target,
        IPlacementContext context
    ) => Task.FromResult(context.LocalSilo);
}
