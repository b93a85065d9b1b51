using Npgsql;
using Redb.Abstractions.Configuration;
using Redb.Database.Failures;

namespace Redb.Database.Postgres;

/// <summary>A node's own role, as the node itself uses it.</summary>
public static class PostgresRole
{
    /// <summary>Whether the server knows the role by this password. Which database it may enter is another question.</summary>
    public static async Task<Answer<bool>> HasPasswordAsync(
        PostgresConfiguration server,
        PostgresLogin login,
        CancellationToken token
    )
    {
        await using var source = PostgresConnections.Open(server, login);
        try
        {
            await using var connection = await source.OpenConnectionAsync(token);
            return true;
        }
        catch (PostgresException refusal)
            when (refusal.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege)
        {
            // Both are said only to somebody who has given the right password.
            return true;
        }
        catch (PostgresException refusal)
            when (refusal.SqlState == PostgresErrorCodes.InvalidPassword
                || refusal.SqlState == PostgresErrorCodes.InvalidAuthorizationSpecification
            )
        {
            return false;
        }
        catch (Exception failure) when (PostgresTrouble.IsOfTheWorld(failure))
        {
            return PostgresTrouble.Describe($"role {login.User} cannot connect", failure, server, login);
        }
    }

    /// <summary>Gives the role another password, as the role itself: nobody else's help is needed.</summary>
    /// <param name="server">Where.</param>
    /// <param name="login">With the password it has now.</param>
    /// <param name="password">Its password from now on; reaches the server as a verifier only.</param>
    /// <param name="token">Ends it.</param>
    public static async Task<DatabaseFailure?> ChangePasswordAsync(
        PostgresConfiguration server,
        PostgresLogin login,
        string password,
        CancellationToken token
    )
    {
        await using var port = new PostgresPort(server, login);
        return await port.DoAsync(
            $"the password of role {login.User} cannot be changed",
            async connection =>
            {
                await connection.ExecuteAsync(
                    $"ALTER ROLE {Sql.Quoted(login.User)} PASSWORD '{ScramVerifier.Of(password)}'",
                    token
                );
                return null;
            },
            token
        );
    }
}
