using Redb.Initialization.Keyring;
using Redb.Keyring.Names;

namespace Redb.Initialization.Steps;

/// <summary>Sees that the keyring has a password for the database role. The keyring comes first: a role is never given a password that is known nowhere.</summary>
internal sealed class PasswordStep(Workbench bench) : IInitializationStep
{
    public string Name => "password";

    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken)
    {
        var secret = await bench.Keyring.ReadAsync(SecretName.DatabasePassword, cancellationToken);
        bench.Password = secret.Value;
        return secret switch
        {
            { Value: null } => new StepFinding.Open("make a database password and keep it in the keyring"),
            { IsEverywhere: false } => new StepFinding.Open(
                "keep the database password under every name it is read by"
            ),
            _ => new StepFinding.Fulfilled("the keyring has it"),
        };
    }

    public Task DoAsync(CancellationToken cancellationToken) =>
        bench.Keyring.WriteAsync(
            SecretName.DatabasePassword,
            bench.Password ?? FreshSecrets.Password(),
            cancellationToken
        );
}
