using System.Collections.Immutable;

namespace Redb.Grains.Probes;

/// <summary>The outcome of one input: what to remember, then what to do.</summary>
internal readonly record struct ProbeStep(ProbeState State, ImmutableArray<ProbeEffect> Effects);
