using System.Collections.Immutable;
using Redb.Abstractions.Supervision;
using Redb.Cli.Operations;

namespace Redb.Cli.Rendering.Documents;

/// <summary>One service in an explanation, as JSON.</summary>
/// <param name="Name">The service.</param>
/// <param name="NeededBy">The service that waits for it; null for the one that is explained.</param>
/// <param name="Root">Whether nothing below it is to blame.</param>
/// <param name="Wanted">What is wanted of it.</param>
/// <param name="State">Where it is.</param>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when; null when not known.</param>
/// <param name="LastExit">How its last run ended; null when none has.</param>
/// <param name="Event">The last thing that went wrong with it, in one sentence; only of a root, and null when nothing is kept.</param>
/// <param name="Detail">Lines that belong to the event, such as the last ones of its log.</param>
internal sealed record LinkDocument(
    string Name,
    string? NeededBy,
    bool Root,
    string Wanted,
    string State,
    string Reason,
    DateTimeOffset? Since,
    ExitDocument? LastExit,
    string? Event,
    ImmutableArray<string> Detail
)
{
    /// <summary>Writes a link down.</summary>
    public static LinkDocument Of(Link link, SupervisorEvent? happened, DateTimeOffset now)
    {
        var service = link.Service;
        return new(
            service.Name,
            link.NeededBy,
            link.IsRoot,
            service.Wanted.ToString(),
            StateWord.Of(service.Phase),
            StateWord.Explain(service, now),
            service.Since == default ? null : service.Since,
            service.LastExit is { } exit ? new(exit.Code, exit.Signal, exit.At, exit.Describe()) : null,
            happened?.Message,
            [.. (happened?.Detail ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)]
        );
    }
}
