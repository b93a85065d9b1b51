using System.Collections.Immutable;

namespace Redb.Grains.Hosts;

/// <summary>What a directory knows after an input.</summary>
/// <param name="Records">By name of silo.</param>
/// <param name="Missed">Silos that must be asked for everything, since something they said was not heard.</param>
internal sealed record DirectoryStep(
    ImmutableSortedDictionary<string, HostRecord> Records,
    ImmutableArray<string> Missed
);
