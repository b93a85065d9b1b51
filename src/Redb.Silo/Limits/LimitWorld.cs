using System.Collections.Immutable;

namespace Redb.Silo.Limits;

/// <summary>What the limits of all runs share.</summary>
/// <param name="Places">The cgroups this supervisor is in.</param>
/// <param name="Sampler">Looks at memory that no cgroup limits.</param>
/// <param name="RemovalPatience">How long the end of a run waits for what was killed with it.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where what is left behind is said.</param>
internal sealed record LimitWorld(
    ImmutableArray<CgroupPlace> Places,
    MemorySampler Sampler,
    TimeSpan RemovalPatience,
    TimeProvider Time,
    ILogger Logger
);
