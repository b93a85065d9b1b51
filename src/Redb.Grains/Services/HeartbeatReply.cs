using System.Collections.Immutable;

namespace Redb.Grains.Services;

/// <summary>What a heartbeat is answered.</summary>
/// <param name="IsKnown">Whether the id is that of the live registration.</param>
/// <param name="ConfigUpdate">Key and value pairs that changed since the last heartbeat; null for none.</param>
/// <param name="Commands">Commands of the wire's CommandType, by number, given since the last heartbeat.</param>
[GenerateSerializer, Immutable]
internal sealed record HeartbeatReply(
    [property: Id(0)] bool IsKnown,
    [property: Id(1)] ImmutableDictionary<string, string>? ConfigUpdate,
    [property: Id(2)] ImmutableArray<int> Commands
)
{
    public static readonly HeartbeatReply Unknown = new(false, null, []);

    public static readonly HeartbeatReply NothingNew = new(true, null, []);
}
