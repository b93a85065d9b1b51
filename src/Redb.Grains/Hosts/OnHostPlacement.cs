using Orleans.Metadata;
using Orleans.Placement;

namespace Redb.Grains.Hosts;

/// <summary>A grain lives on the silo that serves what its key names: a grain may move, a process may not.</summary>
[GenerateSerializer, Immutable]
internal sealed class OnHostPlacement : PlacementStrategy;

/// <summary>Marks a grain class whose key begins with its host, and often its group.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnHostAttribute() : PlacementAttribute(new OnHostPlacement())
{
    public override void Populate(
        IServiceProvider services,
        Type grainClass,
        GrainType grainType,
        Dictionary<string, string> properties
    )
    {
        base.Populate(services, grainClass, grainType, properties);
        properties[WellKnownGrainTypeProperties.GrainDirectory] = OnHostDirectory.Name;
    }
}
