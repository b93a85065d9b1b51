using Redb.Abstractions.Services;

namespace Redb.Abstractions.Supervision;

/// <summary>Something that happened to a group or to one of its services.</summary>
/// <param name="Sequence">Counts the events of the group, from 1.</param>
/// <param name="At">When it happened.</param>
/// <param name="Service">The service, or empty for the group as a whole.</param>
/// <param name="Kind">What kind of thing happened.</param>
/// <param name="Message">One sentence for people, useful alone.</param>
/// <param name="Phase">The phase the service is in now, for a change of phase.</param>
/// <param name="Run">The run it is about; 0 for none.</param>
/// <param name="Detail">More lines, such as the last ones of a log; may be empty.</param>
[GenerateSerializer, Immutable]
public sealed record SupervisorEvent(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Service,
    [property: Id(3)] EventKind Kind,
    [property: Id(4)] string Message,
    [property: Id(5)] ServicePhase? Phase,
    [property: Id(6)] long Run,
    [property: Id(7)] string Detail
);
