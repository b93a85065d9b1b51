using System.Collections.Immutable;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What <c>restart --rolling -o json</c> prints.</summary>
/// <param name="Operation">The verb.</param>
/// <param name="Result">Name of the exit code.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Steps">The hosts that were asked, in order.</param>
/// <param name="Untouched">Groups that were not asked any more, as <c>host/group</c>.</param>
internal sealed record RollingDocument(
    string Operation,
    string Result,
    int ExitCode,
    ImmutableArray<RollingStepDocument> Steps,
    ImmutableArray<string> Untouched
) : Document;
