using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Redb.Abstractions.Mesh;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What <c>mesh peers</c> and <c>mesh links</c> print with <c>-o json</c>. Fields are only ever added.</summary>
/// <param name="Groups">The groups here.</param>
internal sealed record MeshLinksDocument(ImmutableArray<MeshLinksDocument.Group> Groups) : Document
{
    /// <summary>Writes views down.</summary>
    public static MeshLinksDocument Of(ImmutableArray<MeshLinksView> views) =>
        new([
            .. views.Select(static view => new Group(
                view.Host,
                view.Group,
                view.Mesh,
                view.Own?.NodeId.ToString(CultureInfo.InvariantCulture),
                view.Own?.Address,
                view.Own?.State.ToString(),
                view.Trouble,
                [.. view.Links.Select(Link.Of)],
                [.. view.Others.Select(static other => other.ToString(CultureInfo.InvariantCulture))]
            )),
        ]);

    /// <summary>The mesh node of one group; without an id while that is not known.</summary>
    internal sealed record Group(
        string Host,
        [property: JsonPropertyName("group")] string Name,
        string Mesh,
        string? NodeId,
        string? Address,
        string? State,
        string Trouble,
        ImmutableArray<Link> Links,
        ImmutableArray<string> Others
    );

    /// <summary>One peer and the session with it.</summary>
    internal sealed record Link(
        string NodeId,
        string Host,
        string Group,
        string Address,
        string State,
        string Session,
        int Failures,
        string Reason,
        DateTimeOffset Since
    )
    {
        /// <summary>Writes a peer down.</summary>
        public static Link Of(MeshLinkView view) =>
            new(
                view.Peer.NodeId.ToString(CultureInfo.InvariantCulture),
                view.Peer.Host,
                view.Peer.Group,
                view.Peer.Address,
                view.Peer.State.ToString(),
                view.Phase.ToString(),
                view.Failures,
                view.Reason,
                view.Since
            );
    }
}
