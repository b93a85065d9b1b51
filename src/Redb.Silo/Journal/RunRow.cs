using Redb.Abstractions.Services;
using Redb.Grains.Journal;

namespace Redb.Silo.Journal;

/// <summary>What has become known of one run. What is null is not known yet, and leaves alone what was written before.</summary>
/// <param name="Run">Its number.</param>
internal sealed record RunRow(long Run)
{
    public DateTimeOffset? IntendedAt { get; init; }

    public RunIdentity? Process { get; init; }

    public DateTimeOffset? LaunchedAt { get; init; }

    public DateTimeOffset? ReadyAt { get; init; }

    public RunExit? Exit { get; init; }
}
