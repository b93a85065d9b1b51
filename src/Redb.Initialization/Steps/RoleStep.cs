using Redb.Initialization.Database;

namespace Redb.Initialization.Steps;

/// <summary>Sees that the database role is there and takes the keyring's password.</summary>
internal sealed class RoleStep(Workbench bench) : IInitializationStep
{
    private RoleStanding _standing;

    public string Name => "role";

    private string Role => bench.Configuration.Database.User;

    public async Task<StepFinding> CheckAsync(CancellationToken cancellationToken)
    {
        _standing = await bench.Database.LookAtRoleAsync(bench.Password, cancellationToken);
        return _standing switch
        {
            RoleStanding.NotNeeded => new StepFinding.Fulfilled("none is needed"),
            RoleStanding.Missing => new StepFinding.Open($"create role {Role} with the keyring's password"),
            RoleStanding.Accepts => new StepFinding.Fulfilled($"{Role} takes the keyring's password"),
            RoleStanding.RefusesPassword when bench.MayReplacePassword => new StepFinding.Open(
                $"give role {Role} the keyring's password"
            ),
            _ => new StepFinding.Blocked(Foreign()),
        };
    }

    public Task DoAsync(CancellationToken cancellationToken) =>
        _standing == RoleStanding.Missing
            ? bench.Database.CreateRoleAsync(bench.KnownPassword, cancellationToken)
            : bench.Database.SetPasswordAsync(bench.KnownPassword, cancellationToken);

    // Whoever has the old password would be locked out, be it another node or this one with a keyring that is only mislaid (fault 52).
    private Failure Foreign() =>
        new(
            FailureKind.Conflict,
            $"role {Role} is there and does not take the keyring's password",
            "another node made it, or this node's keyring is not the one it was made with",
            "put the right keyring in place (keyring.path, REDB_KEYRING_PASSWORD), or choose another database.user; --replace-role-password gives the role this keyring's password, and locks out whoever uses the old one"
        );
}
