using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Hosts;

/// <summary>What a cluster of many hosts costs.</summary>
/// <param name="Hosts">How many.</param>
/// <param name="Groups">Groups of all hosts together.</param>
/// <param name="Services">Services of all groups together.</param>
/// <param name="StatusMilliseconds">One <c>redbctl status -A</c>, without the start of its process.</param>
/// <param name="DirectoryMilliseconds">The question to one host in it.</param>
/// <param name="SpreadMilliseconds">From a request that stops or starts a service until every host shows it.</param>
/// <param name="MeshMilliseconds">From the crash of a mesh service until every group knows its next run.</param>
/// <param name="HeapKilobytesPerHost">Live managed memory of a host whose groups have not begun: mostly Orleans.</param>
/// <param name="HeapKilobytesPerGroup">What each group adds on all hosts together: its grains, the links of the mesh, and its place in every host's directory.</param>
/// <param name="ResidentKilobytesPerGroup">Resident memory of the process with all hosts, divided by the groups.</param>
/// <param name="IdleCoreShare">Processor time while nothing happens, as a part of one core, for all hosts together.</param>
internal sealed record HostsResult(
    int Hosts,
    int Groups,
    int Services,
    Spread StatusMilliseconds,
    Spread DirectoryMilliseconds,
    Spread SpreadMilliseconds,
    Spread MeshMilliseconds,
    double HeapKilobytesPerHost,
    double HeapKilobytesPerGroup,
    double ResidentKilobytesPerGroup,
    double IdleCoreShare
);
