using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Journal;

/// <summary>What writing and opening a journal costs.</summary>
/// <param name="FlushMicroseconds">One entry of a service with one event, written and flushed, one after the other.</param>
/// <param name="SequentialPerSecond">The same as a rate.</param>
/// <param name="BatchPerSecond">Entries per second when 1000 are written before one flush.</param>
/// <param name="WriteMicroseconds">Handing over one of those.</param>
/// <param name="OpenMilliseconds">Opening a journal of 1000 services and 10 000 events after a kill.</param>
internal sealed record JournalResult(
    Spread FlushMicroseconds,
    double SequentialPerSecond,
    Spread BatchPerSecond,
    Spread WriteMicroseconds,
    Spread OpenMilliseconds
);
