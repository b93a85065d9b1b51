using Redb.Abstractions.Configuration;
using Redb.Abstractions.Services;

namespace Redb.Grains.Mesh;

/// <summary>The numbers that a mesh node keeps to.</summary>
internal sealed record MeshPolicy(MeshConfiguration Mesh)
{
    /// <summary>Attempts at sessions that one mesh service is asked for at the same time.</summary>
    public const int MostInFlight = 8;

    /// <summary>Sessions that one look at them may ask to drop.</summary>
    public const int MostDrops = 32;

    /// <summary>Attempts that may fail before it is worth telling.</summary>
    public const int FailuresBeforeTrouble = 3;

    /// <summary>The node with the lower id tries first: two that try at once make one session too many.</summary>
    public static readonly TimeSpan HigherWaits = TimeSpan.FromMilliseconds(500);

    /// <summary>After the restart of a node everybody comes at once; this spreads them.</summary>
    public static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan VerifyEachPeer = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits between attempts at one session.</summary>
    public static readonly RestartPolicy Attempts = new()
    {
        InitialDelay = TimeSpan.FromMilliseconds(500),
        MaxDelay = TimeSpan.FromSeconds(15),
        Factor = 2,
        Jitter = 0.25,
    };

    /// <summary>Time between two looks at so many sessions: what they cost must not grow with the square of the mesh.</summary>
    public TimeSpan VerifyEvery(int peers) =>
        VerifyEachPeer * peers > Mesh.VerifyInterval ? VerifyEachPeer * peers : Mesh.VerifyInterval;
}
