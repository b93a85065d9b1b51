using System.Collections.Immutable;

namespace Redb.Initialization.Steps;

/// <summary>The steps in their order.</summary>
internal static class InitializationSteps
{
    public static ImmutableArray<IInitializationStep> All(Workbench bench, TimeProvider time) =>
        [
            new ProviderStep(bench),
            new MasterKeyStep(bench),
            new PasswordStep(bench),
            new RoleStep(bench),
            new DatabaseStep(bench),
            new SchemaStep(bench),
            new NodeKeysStep(bench),
            new NodeStep(bench),
            new TenantStep(bench),
            new TenantKeysStep(bench),
            .. bench.Cluster is null ? (IInitializationStep[])[] : [new ClusterStep(bench)],
            new CompletionStep(bench, time),
        ];
}
