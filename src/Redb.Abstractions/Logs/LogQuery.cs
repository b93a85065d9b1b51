namespace Redb.Abstractions.Logs;

/// <summary>Which lines of a log are wanted.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Last">Only this many of the last lines; null for all.</param>
/// <param name="Since">Only lines at or after this time; null for any. A line without a time of its own counts with the one before it.</param>
/// <param name="Follow">Whether to go on with lines as they are written.</param>
[GenerateSerializer, Immutable]
public sealed record LogQuery(
    [property: Id(0)] string Service,
    [property: Id(1)] int? Last,
    [property: Id(2)] DateTimeOffset? Since,
    [property: Id(3)] bool Follow
);
