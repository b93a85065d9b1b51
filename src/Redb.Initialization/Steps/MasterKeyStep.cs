namespace Redb.Initialization.Steps;

/// <summary>Sees that the keyring opens.</summary>
internal sealed class MasterKeyStep(Workbench bench) : IInitializationStep
{
    public string Name => "keyring";

    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken)
    {
        var standing = await bench.Keyring.LookAsync(cancellationToken);
        return standing.IsOpen ? new StepFinding.Fulfilled(standing.What) : new StepFinding.Open(standing.What);
    }

    public Task DoAsync(CancellationToken cancellationToken) => bench.Keyring.CreateAsync(cancellationToken);
}
