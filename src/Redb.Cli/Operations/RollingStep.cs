using System.Collections.Immutable;

namespace Redb.Cli.Operations;

/// <summary>What became of one host in a rolling restart.</summary>
/// <param name="Host">The host.</param>
/// <param name="Groups">Its groups, as <c>host/group</c>.</param>
/// <param name="Code">How it went.</param>
/// <param name="Cause">Why it did not go well; empty when it did.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record RollingStep(
    string Host,
    ImmutableArray<string> Groups,
    ExitCode Code,
    string Cause,
    TimeSpan Elapsed
);
