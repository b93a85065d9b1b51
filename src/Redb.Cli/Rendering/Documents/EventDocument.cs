using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;

namespace Redb.Cli.Rendering.Documents;

/// <summary>One event, as JSON.</summary>
internal sealed record EventDocument(
    string Host,
    string Group,
    long Sequence,
    DateTimeOffset At,
    string Service,
    string Kind,
    string Message,
    string? State,
    long Run,
    string Detail
) : Document
{
    /// <summary>Writes an event down.</summary>
    public static EventDocument Of(GroupKey group, SupervisorEvent happened) =>
        new(
            group.Host,
            group.Group,
            happened.Sequence,
            happened.At,
            happened.Service,
            happened.Kind.ToString(),
            happened.Message,
            happened.Phase is { } phase ? StateWord.Of(phase) : null,
            happened.Run,
            happened.Detail
        );
}
