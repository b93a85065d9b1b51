using System.Runtime.CompilerServices;
using Redb.Initialization.Keyring;
using Redb.Initialization.Steps;
using Redb.Keyring.Names;

namespace Redb.Initialization.Passwords;

/// <summary>
/// Gives the database role another password, in phases after each of which it may be killed: at every moment the keyring has a password that the
/// server takes. What the world refuses is an <see cref="InitializationException"/>.
/// </summary>
internal sealed class PasswordChange(Workbench bench)
{
    private string Role => bench.Configuration.Database.User;

    /// <summary>Changes it. A phase is done when it is told; a change that was interrupted is finished with the password it was begun with.</summary>
    public async IAsyncEnumerable<PasswordPhase> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!bench.IsOnServer)
        {
            throw new InitializationException(Embedded());
        }

        using var held = await bench.Keyring.HoldPasswordAsync(cancellationToken);
        var pending = await PendingAsync(cancellationToken);
        if (pending is not null)
        {
            yield return PasswordPhase.Resumed;
        }

        var standing = Opening(await LookAsync(pending ?? FreshSecrets.Password(), cancellationToken));
        if (pending is null)
        {
            await bench.Keyring.WriteAsync(SecretName.NextDatabasePassword, standing.Next, cancellationToken);
        }

        yield return PasswordPhase.Kept;

        await TellServerAsync(standing, cancellationToken);
        yield return PasswordPhase.Taken;

        await bench.Keyring.WriteAsync(SecretName.DatabasePassword, standing.Next, cancellationToken);
        yield return PasswordPhase.Promoted;

        await bench.Keyring.DeleteAsync(SecretName.NextDatabasePassword, cancellationToken);
        bench.Password = standing.Next;
        yield return PasswordPhase.Finished;
    }

    /// <summary>How a change stands that was interrupted; null when none was.</summary>
    public async Task<PasswordStanding?> FindAsync(CancellationToken cancellationToken) =>
        await PendingAsync(cancellationToken) is { } next ? await LookAsync(next, cancellationToken) : null;

    /// <summary>Brings a change to an end that was interrupted, whichever that is: the password wins that opens the database.</summary>
    /// <returns>What was done, for people; empty when there was nothing to do.</returns>
    public async Task<string> SettleAsync(CancellationToken cancellationToken)
    {
        using var held = await bench.Keyring.HoldPasswordAsync(cancellationToken);
        if (await FindAsync(cancellationToken) is not { } standing)
        {
            // Whoever was at it has finished meanwhile.
            bench.Password = (await bench.Keyring.ReadAsync(SecretName.DatabasePassword, cancellationToken)).Value;
            return "";
        }

        if (!Opening(standing).IsUnbegun)
        {
            await TellServerAsync(standing, cancellationToken);
            await bench.Keyring.WriteAsync(SecretName.DatabasePassword, standing.Next, cancellationToken);
        }

        await bench.Keyring.DeleteAsync(SecretName.NextDatabasePassword, cancellationToken);
        bench.Password = standing.Opens;
        return standing.IsUnbegun
            ? $"a change of the password of role {Role} had been begun and never reached the server: the old password holds"
            : $"a change of the password of role {Role} had been interrupted and is finished now";
    }

    /// <summary>Why it does not go on when neither password opens the database.</summary>
    public Failure Foreign() =>
        new(
            FailureKind.Refused,
            $"role {Role} does not take the keyring's password",
            "somebody gave it another one, or this node's keyring is not the one it was made with",
            "put the right keyring in place (keyring.path, REDB_KEYRING_PASSWORD); or redb-supervisor --initialize --replace-role-password gives the role this keyring's password, and locks out whoever uses the old one"
        );

    private async Task<string?> PendingAsync(CancellationToken cancellationToken) =>
        (await bench.Keyring.ReadAsync(SecretName.NextDatabasePassword, cancellationToken)).Value;

    private async Task<PasswordStanding> LookAsync(string next, CancellationToken cancellationToken)
    {
        var current = (await bench.Keyring.ReadAsync(SecretName.DatabasePassword, cancellationToken)).Value;
        return new(
            current,
            next,
            current is not null && await bench.Database.TakesPasswordAsync(current, cancellationToken),
            await bench.Database.TakesPasswordAsync(next, cancellationToken)
        );
    }

    private PasswordStanding Opening(PasswordStanding standing) =>
        standing.Opens is null ? throw new InitializationException(Foreign()) : standing;

    private async Task TellServerAsync(PasswordStanding standing, CancellationToken cancellationToken)
    {
        // It takes both where it asks for no password at all: nobody knows then which one it has.
        if (!standing.TakesCurrent)
        {
            return;
        }

        await bench.Database.ChangePasswordAsync(standing.Current!, standing.Next, cancellationToken);

        // Between us and the server there may be a pool that knows passwords of its own.
        if (!await bench.Database.TakesPasswordAsync(standing.Next, cancellationToken))
        {
            throw new InitializationException(NotTaken());
        }
    }

    private Failure Embedded() =>
        new(
            FailureKind.Conflict,
            "there is no database password to change",
            $"group {bench.Configuration.InstanceGroup.GroupId} keeps its data in {bench.Place}, which has none",
            "the master password is what protects this node: redbctl keyring rotate"
        );

    private Failure NotTaken() =>
        new(
            FailureKind.Failed,
            $"role {Role} has its new password, and it is refused at {bench.Place}",
            "what answers there is no PostgreSQL that keeps its own passwords: a connection pool with a list of them, perhaps",
            "point database.postgres at the server itself; both passwords are in the keyring, and redbctl database rotate-password goes on"
        );
}
