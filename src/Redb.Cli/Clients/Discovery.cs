using System.Collections.Immutable;

namespace Redb.Cli.Clients;

/// <summary>What a look for supervisors of this machine found.</summary>
/// <param name="Live">Those whose process is alive, each once, however many folders it has.</param>
/// <param name="Stale">Those whose process is gone; their file was left behind.</param>
/// <param name="Unreadable">Address files that could not be read, each with the reason.</param>
/// <param name="Denied">Address files that belong to somebody else.</param>
/// <param name="Searched">Where it looked.</param>
internal sealed record Discovery(
    ImmutableArray<LocalSupervisor> Live,
    ImmutableArray<LocalSupervisor> Stale,
    ImmutableArray<string> Unreadable,
    ImmutableArray<string> Denied,
    string Searched
);
