using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Database.Postgres;
using Redb.Initialization.Interview;

namespace Redb.Initialization.Database;

/// <summary>The PostgreSQL server of a node: its role and its database there.</summary>
/// <param name="administrator">The way in as its administrator; null where none may be needed, as at a start.</param>
internal sealed class NodeServer(Administrator? administrator)
{
    public async Task<RoleStanding> LookAtRoleAsync(
        DatabaseConfiguration configuration,
        string? password,
        CancellationToken cancellationToken
    )
    {
        if (password is not null && await TakesPasswordAsync(configuration, password, cancellationToken))
        {
            return RoleStanding.Accepts;
        }

        if (administrator is null)
        {
            return RoleStanding.RefusesPassword;
        }

        await using var server = await AdministerAsync(cancellationToken);
        return (await server.HasRoleAsync(configuration.User, cancellationToken)).OrThrow()
            ? RoleStanding.RefusesPassword
            : RoleStanding.Missing;
    }

    public async Task EnsureRoleAsync(
        DatabaseConfiguration configuration,
        string password,
        CancellationToken cancellationToken
    )
    {
        await using var server = await AdministerAsync(cancellationToken);
        (
            await server.EnsureRoleAsync(configuration.User, password, [configuration.Name], cancellationToken)
        ).ThrowIfAny();
    }

    /// <summary>How the database stands, whose tables are not whole.</summary>
    public async Task<DatabaseStanding> LookAtDatabaseAsync(
        DatabaseConfiguration configuration,
        DatabaseFailure fault,
        CancellationToken cancellationToken
    )
    {
        if (administrator is null)
        {
            return fault.Kind == DatabaseFailureKind.NoDatabase ? DatabaseStanding.Missing : DatabaseStanding.Usable;
        }

        await using var server = await AdministerAsync(cancellationToken);
        var owner = (await server.FindOwnerAsync(configuration.Name, cancellationToken)).OrThrow();
        var access = await administrator.FindAsync(cancellationToken);
        return owner.Length == 0 ? DatabaseStanding.Missing
            : owner == configuration.User ? DatabaseStanding.Usable
            // Made beforehand, for this node.
            : owner == access.User ? DatabaseStanding.WithoutRights
            : throw new InitializationException(Foreign(configuration.Name, owner));
    }

    public async Task EnsureDatabaseAsync(DatabaseConfiguration configuration, CancellationToken cancellationToken)
    {
        await using var server = await AdministerAsync(cancellationToken);
        (await server.EnsureDatabaseAsync(configuration.Name, configuration.User, cancellationToken)).ThrowIfAny();
        (await server.EnsureRightsAsync(configuration.Name, configuration.User, cancellationToken)).ThrowIfAny();
    }

    /// <summary>Whether the server knows the role by this password.</summary>
    public static async Task<bool> TakesPasswordAsync(
        DatabaseConfiguration configuration,
        string password,
        CancellationToken cancellationToken
    ) =>
        (
            await PostgresRole.HasPasswordAsync(
                configuration.Postgres,
                new(configuration.User, password, configuration.Name),
                cancellationToken
            )
        ).OrThrow();

    private async Task<PostgresAdministration> AdministerAsync(CancellationToken cancellationToken) =>
        new(
            await (
                administrator ?? throw new InvalidOperationException("A start changes nothing on the server.")
            ).FindAsync(cancellationToken)
        );

    private static Failure Foreign(string database, string owner) =>
        new(
            FailureKind.Conflict,
            $"database {database} is there and belongs to role {owner}",
            "another instance or another program made it",
            "choose another database.name, or give it away: ALTER DATABASE ... OWNER TO the administrator"
        );
}
