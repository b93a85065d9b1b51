using Orleans.Runtime.Placement;

namespace Redb.Grains.Tests.Grains;

/// <summary>There is one silo, so everything lives there.</summary>
internal sealed class TestDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy,
        PlacementTarget target,
        IPlacementContext context
    ) => Task.FromResult(context.LocalSilo);
}
