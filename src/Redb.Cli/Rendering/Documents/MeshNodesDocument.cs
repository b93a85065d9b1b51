using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Mesh;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What <c>mesh nodes -o json</c> prints. Fields are only ever added.</summary>
/// <param name="Meshes">The meshes of the groups here.</param>
internal sealed record MeshNodesDocument(ImmutableArray<MeshNodesDocument.Mesh> Meshes) : Document
{
    /// <summary>Writes views down.</summary>
    public static MeshNodesDocument Of(IEnumerable<MeshView> meshes) =>
        new([
            .. meshes.Select(static mesh => new Mesh(
                mesh.Name,
                mesh.Epoch.ToString(CultureInfo.InvariantCulture),
                mesh.Revision,
                mesh.IsSettled,
                [.. mesh.Nodes.Select(Node.Of)],
                mesh.Conflicts
            )),
        ]);

    /// <summary>One mesh. The epoch is text, as node ids are: such numbers do not fit into a double.</summary>
    internal sealed record Mesh(
        string Name,
        string Epoch,
        long Revision,
        bool Settled,
        ImmutableArray<Node> Nodes,
        ImmutableArray<string> Conflicts
    );

    /// <summary>One node and how old the news of it is.</summary>
    internal sealed record Node(
        string NodeId,
        string Host,
        string Group,
        string Address,
        string State,
        long Run,
        double AgeSeconds,
        DateTimeOffset Since
    )
    {
        /// <summary>Writes a node down.</summary>
        public static Node Of(MeshNodeView view) =>
            new(
                view.Node.NodeId.ToString(CultureInfo.InvariantCulture),
                view.Node.Host,
                view.Node.Group,
                view.Node.Address,
                view.Node.State.ToString(),
                view.Node.Run,
                Math.Round(view.Age.TotalSeconds, 3),
                view.Since
            );
    }
}
