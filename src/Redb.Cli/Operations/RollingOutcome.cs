using System.Collections.Immutable;
using Redb.Cli.Rendering.Documents;

namespace Redb.Cli.Operations;

/// <summary>How a rolling restart ended.</summary>
/// <param name="Code">What the shell gets.</param>
/// <param name="Steps">The hosts that were asked, in order; only the last one can have failed.</param>
/// <param name="Untouched">Groups that were not asked any more, as <c>host/group</c>.</param>
internal sealed record RollingOutcome(
    ExitCode Code,
    ImmutableArray<RollingStep> Steps,
    ImmutableArray<string> Untouched
)
{
    /// <summary>Writes it down.</summary>
    public RollingDocument ToDocument() =>
        new(
            "restart",
            Code.ToString(),
            (int)Code,
            [
                .. Steps.Select(step => new RollingStepDocument(
                    step.Host,
                    step.Groups,
                    step.Code.ToString(),
                    step.Cause,
                    Math.Round(step.Elapsed.TotalSeconds, 3)
                )),
            ],
            Untouched
        );
}
