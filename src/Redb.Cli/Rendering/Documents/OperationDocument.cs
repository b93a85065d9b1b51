using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Cli.Operations;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What a change or a wait came to, as JSON.</summary>
/// <param name="Operation">The verb.</param>
/// <param name="Result">Name of the exit code.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="ElapsedSeconds">How long it took.</param>
/// <param name="Accepted">Services a change was recorded for; empty for a wait.</param>
/// <param name="Reached">Services that are where they should be.</param>
/// <param name="Waiting">Services still on their way.</param>
/// <param name="Failed">Services that will not get there by themselves.</param>
/// <param name="Overruled">Services somebody wants elsewhere meanwhile.</param>
/// <param name="Unknown">Names that are no service.</param>
/// <param name="Disabled">Services that are switched off in the configuration.</param>
internal sealed record OperationDocument(
    string Operation,
    string Result,
    int ExitCode,
    double ElapsedSeconds,
    ImmutableArray<string> Accepted,
    ImmutableArray<ServiceDocument> Reached,
    ImmutableArray<ServiceDocument> Waiting,
    ImmutableArray<ServiceDocument> Failed,
    ImmutableArray<ServiceDocument> Overruled,
    ImmutableArray<string> Unknown,
    ImmutableArray<string> Disabled
) : Document
{
    /// <summary>Writes an outcome down; null when nothing was waited for.</summary>
    public static OperationDocument Of(string operation, Cli.ExitCode code, Outcome? outcome) =>
        new(
            operation,
            code.ToString(),
            (int)code,
            Math.Round(outcome?.Elapsed.TotalSeconds ?? 0, 3),
            Accepted: [],
            Write(outcome?.Reached),
            Write(outcome?.Waiting),
            Write(outcome?.Failed),
            Write(outcome?.Overruled),
            Unknown: [],
            Disabled: []
        );

    private static ImmutableArray<ServiceDocument> Write(ImmutableArray<ServiceView>? services) =>
        services is { } some ? [.. some.Select(ServiceDocument.Of)] : [];
}
