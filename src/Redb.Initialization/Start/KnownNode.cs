using Redb.Initialization.Steps;
using Redb.Keyring.Names;

namespace Redb.Initialization.Start;

/// <summary>Opens a node that was initialized, for whoever works on it afterwards.</summary>
internal static class KnownNode
{
    /// <summary>Fills the bench with what was decided and with the password.</summary>
    /// <exception cref="InitializationException">It is not initialized, or its keyring does not open.</exception>
    public static async Task OpenAsync(Workbench bench, CancellationToken cancellationToken)
    {
        if (bench.Record.InitializedAt is null || bench.Chooser.Read() is not { } database)
        {
            throw new InitializationException(NotInitialized(bench));
        }

        bench.Choice = database;
        var keyring = await bench.Keyring.LookAsync(cancellationToken);
        var password = keyring.IsOpen
            ? await bench.Keyring.ReadAsync(SecretName.DatabasePassword, cancellationToken)
            : null;
        bench.Password = password?.Value ?? throw new InitializationException(NotInitialized(bench));
    }

    private static Failure NotInitialized(Workbench bench) =>
        new(
            FailureKind.Failed,
            $"group {bench.Configuration.InstanceGroup.GroupId} is not initialized",
            "no initialization was completed with its data folder and keyring",
            $"redb-supervisor --config {bench.Configuration.File} --initialize"
        );
}
