using Redb.Initialization.Keyring;
using Redb.Initialization.Passwords;
using Redb.Keyring.Names;

namespace Redb.Initialization.Steps;

/// <summary>Sees that the keyring has a password for the database role. The keyring comes first: a role is never given a password that is known nowhere.</summary>
internal sealed class PasswordStep(Workbench bench) : IInitializationStep
{
    private readonly PasswordChange _change = new(bench);

    public string Name => "password";

    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken)
    {
        var secret = await bench.Keyring.ReadAsync(SecretName.DatabasePassword, cancellationToken);
        bench.Password = secret.Value;
        bench.PasswordStanding = bench.IsOnServer ? await _change.FindAsync(cancellationToken) : null;
        return bench.PasswordStanding switch
        {
            { Opens: { } opens } => Interrupted(opens),
            // Where the role is given the keyring's password anyway, what was begun is of no more use.
            { } when !bench.MayReplacePassword => new StepFinding.Blocked(_change.Foreign()),
            _ => Usual(secret),
        };
    }

    public Task DoAsync(CancellationToken cancellationToken) =>
        bench.PasswordStanding?.Opens is null
            ? bench.Keyring.WriteAsync(
                SecretName.DatabasePassword,
                bench.Password ?? FreshSecrets.Password(),
                cancellationToken
            )
            : _change.SettleAsync(cancellationToken);

    private StepFinding.Open Interrupted(string opens)
    {
        bench.Password = opens;
        return new("bring a change of the database password to an end that was interrupted");
    }

    private static StepFinding Usual(SecretStanding secret) =>
        secret switch
        {
            { Value: null } => new StepFinding.Open("make a database password and keep it in the keyring"),
            { IsEverywhere: false } => new StepFinding.Open(
                "keep the database password under every name it is read by"
            ),
            _ => new StepFinding.Fulfilled("the keyring has it"),
        };
}
