namespace Redb.StandIn.Mesh;

/// <summary>How long a mesh waits for what.</summary>
/// <param name="PingInterval">Time between two signs of life in a session. Default 10 s.</param>
/// <param name="IdleTimeout">A session silent for longer is over. Default 30 s.</param>
internal sealed record MeshTimings(TimeSpan PingInterval, TimeSpan IdleTimeout)
{
    /// <summary>How long a peer may take to take the connection and say who it is.</summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(5);

    /// <summary>Wait before the first attempt after a failed one; it doubles up to <see cref="LongestPause"/>.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc cref="ShortestPause"/>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
}
