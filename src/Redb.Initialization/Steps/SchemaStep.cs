namespace Redb.Initialization.Steps;

/// <summary>Sees that the tables are complete and of the right version.</summary>
internal sealed class SchemaStep(Workbench bench) : IInitializationStep
{
    public string Name => "schema";

    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken)
    {
        var standing = await bench.Database.LookAtSchemaAsync(bench.Password, cancellationToken);
        return standing.IsCurrent ? new StepFinding.Fulfilled(standing.What) : new StepFinding.Open(standing.What);
    }

    public Task DoAsync(CancellationToken cancellationToken) =>
        bench.Database.ProvideSchemaAsync(bench.KnownPassword, cancellationToken);
}
