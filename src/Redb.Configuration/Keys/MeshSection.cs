using System.Text.RegularExpressions;
using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>mesh</c> section.</summary>
internal static class MeshSection
{
    private const int MostPeers = 10_000;

    private static readonly MeshConfiguration Default = new();

    private static readonly TextShape Names = new()
    {
        Words = "1 to 63 letters, digits, -, _ or .",
        Pattern = new("^[A-Za-z0-9._-]{1,63}$", RegexOptions.NonBacktracking),
    };

    private static readonly Key<string> Name = new(
        "name",
        Names,
        Default.Name,
        "Which mesh the group's mesh service belongs to: groups of the cluster with the same name are peers."
    );

    private static readonly Key<bool> AutoJoin = new(
        "auto_join",
        new FlagShape(),
        Default.AutoJoin,
        "Whether a clean node seeds the mesh, or joins it, by itself; a join replaces what its users had stored."
    );

    private static readonly Key<int> MinPeers = new(
        "min_peers",
        new WholeShape<int>(0, MostPeers),
        Default.MinPeers,
        "Sessions with peers that the mesh service needs for the group to be Ready."
    );

    private static readonly Key<TimeSpan> RenewInterval = Duration(
        "renew_interval",
        Default.RenewInterval,
        TimeSpan.FromMilliseconds(100),
        "Time between two signs of life of the group's mesh node."
    );

    private static readonly Key<TimeSpan> SilentAfter = Duration(
        "silent_after",
        Default.SilentAfter,
        TimeSpan.FromMilliseconds(200),
        "A mesh node without a sign of life for longer has left; its peers drop their sessions with it."
    );

    private static readonly Key<TimeSpan> VerifyInterval = Duration(
        "verify_interval",
        Default.VerifyInterval,
        TimeSpan.FromMilliseconds(100),
        "Time between two looks at the sessions there really are; 10 ms for each peer where that is longer."
    );

    private static readonly Key<TimeSpan> ConnectTimeout = Duration(
        "connect_timeout",
        Default.ConnectTimeout,
        TimeSpan.FromSeconds(1),
        "How long one attempt at a session may take."
    );

    private static readonly Key<TimeSpan> ClaimTimeout = Duration(
        "claim_timeout",
        Default.ClaimTimeout,
        TimeSpan.FromMilliseconds(100),
        "How long the mesh service waits to hear whether its node id and address are free before it starts without."
    );

    public static Section Section { get; } =
        new(
            "mesh",
            [Name, AutoJoin, MinPeers, RenewInterval, SilentAfter, VerifyInterval, ConnectTimeout, ClaimTimeout]
        );

    public static MeshConfiguration Read(SectionReader section, ReadContext context)
    {
        var mesh = new MeshConfiguration
        {
            Name = section.Get(Name),
            AutoJoin = section.Get(AutoJoin),
            MinPeers = section.Get(MinPeers),
            RenewInterval = section.Get(RenewInterval),
            SilentAfter = section.Get(SilentAfter),
            VerifyInterval = section.Get(VerifyInterval),
            ConnectTimeout = section.Get(ConnectTimeout),
            ClaimTimeout = section.Get(ClaimTimeout),
        };
        if (mesh.SilentAfter < 2 * mesh.RenewInterval)
        {
            context.Error(
                section.PathOf(section.IsWritten(SilentAfter) ? SilentAfter : RenewInterval),
                $"a node that says every {mesh.RenewInterval.TotalSeconds:0.###} s that it lives cannot be given up after {mesh.SilentAfter.TotalSeconds:0.###} s; mesh.silent_after must be at least twice mesh.renew_interval"
            );
        }

        return mesh;
    }

    private static Key<TimeSpan> Duration(string name, TimeSpan fallback, TimeSpan least, string summary) =>
        new(name, new DurationShape(least) { ZeroMeans = fallback }, fallback, summary);
}
