using Redb.Keyring.Names;

namespace Redb.Initialization.Steps;

/// <summary>Sees that the node has a pair of keys.</summary>
internal sealed class NodeKeysStep(Workbench bench) : IInitializationStep
{
    private readonly KeyPair _keys = new(
        bench.Keyring,
        (SecretName.NodePrivateKey, SecretName.NodePublicKey),
        "the node"
    );

    public string Name => "node-keys";

    public Task<StepFinding> CheckAsync(CancellationToken cancellationToken) => _keys.CheckAsync(cancellationToken);

    public Task DoAsync(CancellationToken cancellationToken) => _keys.CompleteAsync(cancellationToken);
}
