using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Heartbeats;

/// <summary>One kind of call under full load.</summary>
/// <param name="PerSecond">Answered calls per second; of several rounds, one figure for each.</param>
/// <param name="Milliseconds">From the call to its answer, as the caller sees it.</param>
/// <param name="ServerCores">CPU time of the supervisor per second of load.</param>
/// <param name="CallerCores">CPU time of the load generator per second of load.</param>
internal sealed record LoadResult(Spread PerSecond, Spread Milliseconds, double ServerCores, double CallerCores);
