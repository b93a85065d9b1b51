using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Mesh;

namespace Redb.Cli.Rendering;

/// <summary>Lays the nodes of meshes, their peers and their sessions out as tables.</summary>
internal static class MeshTables
{
    private static readonly ImmutableArray<Column> NodeColumns =
    [
        new("NODE", AlignsRight: true, IsEssential: true),
        new("HOST", IsEssential: true),
        new("GROUP", IsEssential: true),
        new("STATE", IsEssential: true),
        new("AGE", AlignsRight: true),
        new("MESH"),
        new("ADDRESS"),
    ];

    private static readonly ImmutableArray<Column> PeerColumns =
    [
        new("GROUP", IsEssential: true),
        new("PEER", AlignsRight: true, IsEssential: true),
        new("HOST", IsEssential: true),
        new("OF"),
        new("STATE", IsEssential: true),
        new("SESSION", IsEssential: true),
        new("ADDRESS"),
    ];

    private static readonly ImmutableArray<Column> LinkColumns =
    [
        new("GROUP", IsEssential: true),
        new("NODE", AlignsRight: true),
        new("PEER", AlignsRight: true, IsEssential: true),
        new("SESSION", IsEssential: true),
        new("FOR", AlignsRight: true),
        new("FAILURES", AlignsRight: true),
        new("REASON"),
    ];

    /// <summary>The nodes of meshes, one a row.</summary>
    public static ColumnTable Nodes(IEnumerable<MeshView> meshes) =>
        new(
            NodeColumns,
            [
                .. meshes.SelectMany(static mesh =>
                    mesh.Nodes.Select<MeshNodeView, ImmutableArray<Cell>>(view =>
                        [
                            new(Number(view.Node.NodeId)),
                            new(Printable.Line(view.Node.Host)),
                            new(Printable.Line(view.Node.Group)),
                            new(view.Node.State.ToString()),
                            new(DurationText.Exact(view.Age)),
                            new(mesh.Name),
                            new(Printable.Line(view.Node.Address)),
                        ]
                    )
                ),
            ]
        );

    /// <summary>What is wrong with meshes as such, one sentence each.</summary>
    public static IEnumerable<string> Troubles(IEnumerable<MeshView> meshes) =>
        meshes.SelectMany(static mesh =>
            mesh.IsSettled
                ? mesh.Conflicts.Select(Printable.Line)
                :
                [
                    $"mesh {mesh.Name}: its record was begun anew a moment ago; nodes that are missing may still announce themselves",
                    .. mesh.Conflicts.Select(Printable.Line),
                ]
        );

    /// <summary>The peers of groups, one a row.</summary>
    public static ColumnTable Peers(ImmutableArray<MeshLinksView> views) =>
        new(
            PeerColumns,
            [
                .. views.SelectMany(static view =>
                    view.Links.Select<MeshLinkView, ImmutableArray<Cell>>(link =>
                        [
                            new(Printable.Line(view.Group)),
                            new(Number(link.Peer.NodeId)),
                            new(Printable.Line(link.Peer.Host)),
                            new(Printable.Line(link.Peer.Group)),
                            new(link.Peer.State.ToString()),
                            new(link.Phase == MeshLinkPhase.Connected ? "yes" : "no"),
                            new(Printable.Line(link.Peer.Address)),
                        ]
                    )
                ),
            ]
        );

    /// <summary>The sessions of groups, one a row, with what is missing and why.</summary>
    public static ColumnTable Links(ImmutableArray<MeshLinksView> views, DateTimeOffset now) =>
        new(
            LinkColumns,
            [
                .. views.SelectMany(view =>
                    view.Links.Select(link => Row(view, link, now))
                        .Concat(view.Others.Select(other => StrangerRow(view, other)))
                ),
            ]
        );

    /// <summary>What is wrong with a mesh node and its sessions, one sentence each.</summary>
    public static ImmutableArray<string> Explain(MeshLinksView view) =>
        [
            .. view.Trouble.Length > 0 ? [Printable.Line(view.Trouble)] : Array.Empty<string>(),
            .. view
                .Links.Where(static link => link.Phase != MeshLinkPhase.Connected)
                .Select(static link => Printable.Line($"no session with {link.Peer.Describe()}: {link.Reason}")),
        ];

    private static ImmutableArray<Cell> Row(MeshLinksView view, MeshLinkView link, DateTimeOffset now) =>
        [
            new(Printable.Line(view.Group)),
            new(view.Own is { } own ? Number(own.NodeId) : "-"),
            new(Number(link.Peer.NodeId)),
            new(link.Phase.ToString()),
            new(DurationText.Short(now - link.Since)),
            new(link.Failures.ToString(CultureInfo.InvariantCulture)),
            new(Printable.Line(link.Reason)),
        ];

    private static ImmutableArray<Cell> StrangerRow(MeshLinksView view, ulong other) =>
        [
            new(Printable.Line(view.Group)),
            new(view.Own is { } own ? Number(own.NodeId) : "-"),
            new(Number(other)),
            new(MeshLinkPhase.Connected.ToString()),
            new("-"),
            new("-"),
            new("is no peer: made by hand, or about to be dropped"),
        ];

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
