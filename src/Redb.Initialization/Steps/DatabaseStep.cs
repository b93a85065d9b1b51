using Redb.Initialization.Database;

namespace Redb.Initialization.Steps;

/// <summary>Sees that the database is there and the role may work in it.</summary>
internal sealed class DatabaseStep(Workbench bench) : IInitializationStep
{
    public string Name => "database";

    private string Database => bench.Configuration.Database.Name;

    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken) =>
        await bench.Database.LookAtDatabaseAsync(bench.Password, cancellationToken) switch
        {
            DatabaseStanding.Usable => new StepFinding.Fulfilled(bench.Place),
            DatabaseStanding.Missing => new StepFinding.Open($"create {bench.Place}"),
            _ => new StepFinding.Open(
                $"give role {bench.Configuration.Database.User} the rights it needs in database {Database}"
            ),
        };

    public Task DoAsync(CancellationToken cancellationToken) => bench.Database.ProvideDatabaseAsync(cancellationToken);
}
