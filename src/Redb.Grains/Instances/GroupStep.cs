using System.Collections.Immutable;

namespace Redb.Grains.Instances;

/// <summary>The outcome of one input: what to remember, then whom to tell.</summary>
/// <param name="State">What to remember.</param>
/// <param name="Effects">Whom to tell what.</param>
/// <param name="Affected">The services whose facts may have changed; all others are as they were.</param>
internal readonly record struct GroupStep(
    GroupState State,
    ImmutableArray<GroupEffect> Effects,
    ImmutableArray<string> Affected
);
