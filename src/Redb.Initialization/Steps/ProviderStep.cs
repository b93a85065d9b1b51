using Redb.Database.Providers;
using Redb.Initialization.Database;

namespace Redb.Initialization.Steps;

/// <summary>Decides once where the data lives.</summary>
internal sealed class ProviderStep(Workbench bench) : IInitializationStep
{
    public string Name => "provider";

    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken)
    {
        if (bench.Chooser.Read() is { } decided)
        {
            bench.Choice = decided;
            return ProviderDecision.Contradiction(bench.Configuration.Database.Provider, decided) is { } contradiction
                ? new StepFinding.Blocked(contradiction.ToFailure())
                : new StepFinding.Fulfilled(bench.Place);
        }

        bench.Choice = await bench.Chooser.DecideAsync(cancellationToken);
        return new StepFinding.Open($"use {bench.Place} ({bench.Choice.Reason})");
    }

    public Task DoAsync(CancellationToken cancellationToken)
    {
        bench.Record = bench.Record with { Server = bench.Chooser.Server };
        bench.Chooser.Write(bench.Choice!);
        return Task.CompletedTask;
    }
}
