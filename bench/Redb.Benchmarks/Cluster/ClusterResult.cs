using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Cluster;

/// <summary>What a cluster of many hosts costs.</summary>
/// <param name="Hosts">How many.</param>
/// <param name="Groups">Groups of all hosts together.</param>
/// <param name="Services">Services of all groups together.</param>
/// <param name="StatusMilliseconds">One <c>redbctl status -A</c>, without the start of its process.</param>
/// <param name="DirectoryMilliseconds">The question to one host in it.</param>
/// <param name="SpreadMilliseconds">From a request that changes a service until every host shows it.</param>
/// <param name="HeapKilobytesPerGroup">Managed memory of the whole simulation, divided by the groups: grains, and every host's copy of the directory.</param>
/// <param name="ResidentMegabytes">Resident memory of the process.</param>
/// <param name="IdleCoreShare">Processor time while nothing happens, as a part of one core, for all hosts together.</param>
internal sealed record ClusterResult(
    int Hosts,
    int Groups,
    int Services,
    Spread StatusMilliseconds,
    Spread DirectoryMilliseconds,
    Spread SpreadMilliseconds,
    double HeapKilobytesPerGroup,
    double ResidentMegabytes,
    double IdleCoreShare
);
