using Redb.Abstractions.Services;

namespace Redb.Grains.Services;

/// <summary>
/// Everything a group wants of one service, in one message. Messages may overtake each other: a service obeys the one
/// with the highest number and ignores what arrives after it.
/// </summary>
/// <param name="Number">Counts the messages to this service; it comes back in the service's reports.</param>
/// <param name="Gate">Whether the service may be launched.</param>
/// <param name="Command">Counts the starts and stops; one that was obeyed already is not obeyed again.</param>
/// <param name="Wanted">What the last start or stop wants.</param>
/// <param name="Grace">How long each polite rung of the stop ladder may take; null for the service's policy.</param>
[GenerateSerializer, Immutable]
internal sealed record ServiceOrder(
    [property: Id(0)] long Number,
    [property: Id(1)] Gate Gate,
    [property: Id(2)] long Command,
    [property: Id(3)] Wanted Wanted,
    [property: Id(4)] TimeSpan? Grace
);
