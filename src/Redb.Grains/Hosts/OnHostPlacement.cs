using Orleans.Placement;

namespace Redb.Grains.Hosts;

/// <summary>A grain lives on the silo of the host that its key begins with: a grain may move, a process may not.</summary>
[GenerateSerializer, Immutable]
internal sealed class OnHostPlacement : PlacementStrategy;

/// <summary>Marks a grain class whose key begins with its host.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnHostAttribute() : PlacementAttribute(new OnHostPlacement());
