using System.Collections.Immutable;

namespace Redb.Grains.Probes;

/// <summary>The outcome of one input: what to remember, then what to do.</summary>
internal readonly record struct ProbeStep(ProbeState State, ImmutableArray<ProbeEffect> Effects)
{
    /// <summary>This, with other effects before its own.</summary>
    public ProbeStep After(ImmutableArray<ProbeEffect> before) => this with { Effects = [.. before, .. Effects] };
}
