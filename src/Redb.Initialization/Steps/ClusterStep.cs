using Redb.Abstractions.Configuration;

namespace Redb.Initialization.Steps;

/// <summary>Sees that the supervisors of several hosts find each other: a database that they share, with the membership tables.</summary>
internal sealed class ClusterStep(Workbench bench) : IInitializationStep
{
    private readonly ClusterConnectionConfiguration _connection = bench.Configuration.Cluster.Connection;

    public string Name => "cluster";

    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken) =>
        Password is null && !IsNodesOwn ? new StepFinding.Blocked(WithoutPassword())
        : await bench.Cluster!.LookAsync(Password, cancellationToken) is { } plan ? new StepFinding.Open(plan)
        : new StepFinding.Fulfilled($"{_connection} has the membership tables");

    public Task DoAsync(CancellationToken cancellationToken) =>
        bench.Cluster!.ProvideAsync(Password ?? bench.KnownPassword, cancellationToken);

    private bool IsNodesOwn => _connection.User == bench.Configuration.Database.User;

    private string? Password =>
        _connection.Password.Length > 0 ? _connection.Password
        : IsNodesOwn ? bench.Password
        : null;

    private Failure WithoutPassword() =>
        new(
            FailureKind.Unanswered,
            $"role {_connection.User} of the cluster's database has no password",
            "cluster.connection.user is another role than database.user, whose password the keyring has",
            "set REDB_CLUSTER_PASSWORD, or leave cluster.connection.user out"
        );
}
