using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Mesh;

/// <summary>What a mesh of one size costs.</summary>
/// <param name="Hosts">Pretended hosts.</param>
/// <param name="Groups">Groups on all of them.</param>
/// <param name="SecondsToWhole">From the begin of all groups at once to a session of everybody with everybody.</param>
/// <param name="ChangeMs">From the crash of a mesh service to the last group that asks for a session with its successor, in ms.</param>
/// <param name="KilobytesPerGroup">Live memory for each group, with its service, node, links and what the silo keeps, in KiB.</param>
/// <param name="IdleCpuPercent">CPU time of the whole when nothing happens, in percent of one core.</param>
internal sealed record MeshFigures(
    int Hosts,
    int Groups,
    double SecondsToWhole,
    Spread ChangeMs,
    double KilobytesPerGroup,
    double IdleCpuPercent
);
