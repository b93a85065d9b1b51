using System.Collections.Immutable;

namespace Redb.Grains.Mesh;

/// <summary>The outcome of one input: what to remember, what to ask the mesh service, and when to come back (null for never).</summary>
internal readonly record struct LinkStep(LinkState State, ImmutableArray<LinkEffect> Effects, TimeSpan? ComeBack);
