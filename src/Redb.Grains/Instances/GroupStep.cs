using System.Collections.Immutable;

namespace Redb.Grains.Instances;

/// <summary>The outcome of one input: what to remember, then whom to tell.</summary>
internal readonly record struct GroupStep(GroupState State, ImmutableArray<GroupEffect> Effects);
