using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;

namespace Redb.Grains.Services;

/// <summary>Something that happened to a service, on its way into the events of its group.</summary>
[GenerateSerializer, Immutable]
internal sealed record ServiceNews(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string Service,
    [property: Id(2)] EventKind Kind,
    [property: Id(3)] string Message,
    [property: Id(4)] ServicePhase Phase,
    [property: Id(5)] long Run,
    [property: Id(6)] string Detail
);
