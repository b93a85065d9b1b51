using System.Collections.Immutable;
using Redb.Abstractions.Instances;

namespace Redb.Grains.Hosts;

/// <summary>A sign of life of one silo, with what has changed since the one before.</summary>
/// <param name="Silo">Name of the silo.</param>
/// <param name="Generation">Which life of it: a later one has a higher number.</param>
/// <param name="Base">What the receiver must have heard up to for this to be all that is new; 0 for everything there is.</param>
/// <param name="Revision">What it has heard up to with this.</param>
/// <param name="Facts">Who it is.</param>
/// <param name="Groups">Those of its groups that changed since <paramref name="Base"/>.</param>
[GenerateSerializer, Immutable]
internal sealed record HostReport(
    [property: Id(0)] string Silo,
    [property: Id(1)] long Generation,
    [property: Id(2)] long Base,
    [property: Id(3)] long Revision,
    [property: Id(4)] HostFacts Facts,
    [property: Id(5)] ImmutableArray<GroupView> Groups
);
