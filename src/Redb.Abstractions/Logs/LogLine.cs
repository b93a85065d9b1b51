namespace Redb.Abstractions.Logs;

/// <summary>One line of a service's log.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="At">The time written in the line, or that of the line before it; null when none is known.</param>
/// <param name="Text">The line without its end; longer lines than 64 KiB come in pieces.</param>
[GenerateSerializer, Immutable]
public sealed record LogLine(
    [property: Id(0)] string Service,
    [property: Id(1)] DateTimeOffset? At,
    [property: Id(2)] string Text
);
