using Redb.Abstractions.Configuration;

namespace Redb.Database.Postgres;

/// <summary>Who connects to which database.</summary>
/// <param name="User">Role.</param>
/// <param name="Password">Its password. Never shown.</param>
/// <param name="Database">Database.</param>
public sealed record PostgresLogin(string User, string Password, string Database)
{
    /// <summary>The administrator as configured.</summary>
    public static PostgresLogin Administrator(PostgresConfiguration server) =>
        new(server.User, server.Password, server.Database);

    /// <summary>Leaves the password out.</summary>
    public override string ToString() => $"{User}/{Database}";
}
