namespace Redb.Abstractions.Configuration;

/// <summary>The <c>mesh</c> section: how the group's mesh node finds its peers.</summary>
public sealed record MeshConfiguration
{
    /// <summary>Groups of the cluster with the same name are peers. Default <c>default</c>.</summary>
    public string Name { get; init; } = "default";

    /// <summary>Whether a clean node seeds the mesh, or joins it, by itself. Default false.</summary>
    public bool AutoJoin { get; init; }

    /// <summary>Sessions the mesh service needs for the group to be Ready. Default 0; 0 to 10 000.</summary>
    public int MinPeers { get; init; }

    /// <summary>Time between two signs of life that the group gives the mesh. Default 2 s; at least 100 ms.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A group silent for longer has left. Default 8 s; at least twice the renewal's interval.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Time between two looks at the sessions there really are; ten milliseconds for each peer where that is longer. Default 2 s; at least 100 ms.</summary>
    public TimeSpan VerifyInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long one attempt at a session may take. Default 5 s; 1 s to 5 min.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the start of the mesh service waits to hear whether its id and address are free; then it starts without. Default 2 s; at most 1 min.</summary>
    public TimeSpan ClaimTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
