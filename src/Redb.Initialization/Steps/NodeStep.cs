using System.Globalization;
using Redb.Keyring.Names;

namespace Redb.Initialization.Steps;

/// <summary>Sees that the database knows this node, under an id that never changes.</summary>
internal sealed class NodeStep(Workbench bench) : IInitializationStep
{
    public string Name => "node";

    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken)
    {
        var node = await bench.Database.FindNodeAsync(bench.Password, cancellationToken);
        if (node is null)
        {
            return bench.Choice!.NodeId is null
                ? new StepFinding.Open("enter this node under a new id")
                : new StepFinding.Blocked(Vanished());
        }

        var own = await bench.Keyring.ReadAsync(SecretName.NodePublicKey, cancellationToken);
        if (node.PublicKey.Trim() != (own.Value ?? "").Trim())
        {
            return new StepFinding.Blocked(Foreign(node.Id));
        }

        return node.Id == bench.Choice!.NodeId ? new StepFinding.Fulfilled($"node {Text(node.Id)}")
            : bench.Choice!.NodeId is null ? new StepFinding.Open($"remember node {Text(node.Id)}")
            : new StepFinding.Blocked(Other(node.Id));
    }

    public async Task DoAsync(CancellationToken cancellationToken)
    {
        if (await bench.Database.FindNodeAsync(bench.Password, cancellationToken) is null)
        {
            var own = await bench.Keyring.ReadAsync(SecretName.NodePublicKey, cancellationToken);
            await bench.Database.EnterNodeAsync(
                bench.KnownPassword,
                own.Value ?? "",
                MeshAddress.OfThisHost(bench.Configuration),
                MeshPort.Of(bench.Configuration),
                cancellationToken
            );
        }

        var node = await bench.Database.FindNodeAsync(bench.Password, cancellationToken);
        bench.Choice = bench.Choice! with { NodeId = node?.Id };
        bench.Chooser.Write(bench.Choice);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private Failure Vanished() =>
        new(
            FailureKind.Conflict,
            $"node {bench.Choice!.NodeId} is not in its database any more",
            $"{bench.Place} has no local node: it was emptied, or is another one",
            $"restore the database, or initialize a new node in another data folder (--data-dir)"
        );

    private Failure Foreign(long id) =>
        new(
            FailureKind.Conflict,
            $"{bench.Place} belongs to node {Text(id)}, whose keys this keyring does not have",
            "the public key in the database is not the one in the keyring",
            "put that node's keyring in place (keyring.path, redbctl keyring import), or choose another database.name"
        );

    private Failure Other(long id) =>
        new(
            FailureKind.Conflict,
            $"{bench.Place} belongs to node {Text(id)}, and this is node {bench.Choice!.NodeId}",
            "the database was replaced since the node was initialized",
            "restore the right database, or initialize a new node in another data folder (--data-dir)"
        );
}
