using System.Collections.Immutable;

namespace Redb.Cli.Rendering.Documents;

/// <summary>One host in a rolling restart, as JSON.</summary>
/// <param name="Host">The host.</param>
/// <param name="Groups">Its groups, as <c>host/group</c>.</param>
/// <param name="Result">Name of the exit code it would have alone.</param>
/// <param name="Cause">Why it did not go well; empty when it did.</param>
/// <param name="ElapsedSeconds">How long it took.</param>
internal sealed record RollingStepDocument(
    string Host,
    ImmutableArray<string> Groups,
    string Result,
    string Cause,
    double ElapsedSeconds
);
