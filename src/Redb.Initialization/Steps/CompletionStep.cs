using System.Globalization;

namespace Redb.Initialization.Steps;

/// <summary>Notes that the node is initialized: from now on a start without its database is an error.</summary>
internal sealed class CompletionStep(Workbench bench, TimeProvider time) : IInitializationStep
{
    public string Name => "done";

    public Task<StepFinding> CheckAsync(CancellationToken cancellationToken) =>
        Task.FromResult<StepFinding>(
            bench.Record.InitializedAt is { } since
                ? new StepFinding.Fulfilled(
                    $"initialized since {since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC"
                )
                : new StepFinding.Open("note that the node is initialized")
        );

    public Task DoAsync(CancellationToken cancellationToken)
    {
        bench.Record = bench.Record with { InitializedAt = time.GetUtcNow() };
        return Task.CompletedTask;
    }
}
