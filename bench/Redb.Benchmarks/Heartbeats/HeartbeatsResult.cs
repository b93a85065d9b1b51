namespace Redb.Benchmarks.Heartbeats;

/// <summary>Heartbeats into grains beside calls that the same server answers without any.</summary>
internal sealed record HeartbeatsResult(LoadResult Heartbeats, LoadResult NoOperation, int Services, int Callers);
