namespace Redb.Hosting.Service.Supervision;

/// <summary>What the heartbeat loop and the log stream tell each other about the way to the supervisor.</summary>
internal sealed class Reconnection
{
    /// <summary>Set when the log stream opened: one heartbeat more.</summary>
    public Pulse HeartbeatDue { get; } = new();

    /// <summary>Set when the supervisor is back: the log stream need not wait any longer.</summary>
    public Pulse LogStreamDue { get; } = new();
}
