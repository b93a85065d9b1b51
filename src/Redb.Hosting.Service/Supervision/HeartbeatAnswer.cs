using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Supervision;

/// <summary>What came back on a heartbeat.</summary>
internal abstract record HeartbeatAnswer
{
    private HeartbeatAnswer() { }

    /// <summary>The supervisor heard it.</summary>
    public sealed record Accepted(HeartbeatResponse Response) : HeartbeatAnswer;

    /// <summary>The supervisor does not know the service: it restarted without its registry.</summary>
    public sealed record Unknown : HeartbeatAnswer;

    /// <summary>There was no connection. A supervisor that comes back may be another one.</summary>
    public sealed record Disconnected(string Reason) : HeartbeatAnswer;

    /// <summary>Anything else, a time-out above all; the next heartbeat tries again.</summary>
    public sealed record Failed(string Reason) : HeartbeatAnswer;
}
