using System.CommandLine;

namespace Redb.Silo.Hosting;

/// <summary>The flags of the command line that are about initialization.</summary>
internal sealed class InitializationFlags
{
    private readonly Option<bool> _initialize = new("--initialize")
    {
        Description =
            "Initialize the node: keyring, database, identity, tenant. Shows what would be done, asks, and ends.",
    };

    private readonly Option<bool> _automatic = new("--autoinitialize")
    {
        Description = "The same without asking anything, and then run. Of no effect on a node that is initialized.",
    };

    private readonly Option<bool> _plan = new("--plan")
    {
        Description = "Say what an initialization would do, and change nothing.",
    };

    private readonly Option<bool> _yes = new("--yes", "-y")
    {
        Description = "With --initialize: do it without asking for a yes.",
    };

    private readonly Option<bool> _replace = new("--replace-role-password")
    {
        Description = "Where the database role is there with another password, give it the keyring's.",
    };

    private readonly Option<string?> _user = Text(
        "--postgres-user",
        "Administrator of PostgreSQL [env: REDB_POSTGRES_USER]",
        "NAME"
    );

    private readonly Option<string?> _host = Text("--postgres-host", "Its server [env: REDB_POSTGRES_HOST]", "HOST");

    private readonly Option<int?> _port = new("--postgres-port")
    {
        Description = "Its port [env: REDB_POSTGRES_PORT]",
        HelpName = "N",
    };

    private readonly Option<string?> _database = Text(
        "--postgres-database",
        "Database to connect to first [env: REDB_POSTGRES_DATABASE]. The password comes from REDB_POSTGRES_PASSWORD, or is asked.",
        "NAME"
    );

    /// <summary>Adds the flags to a command.</summary>
    public static InitializationFlags AddTo(RootCommand command)
    {
        var flags = new InitializationFlags();
        Option[] all =
        [
            flags._initialize,
            flags._automatic,
            flags._plan,
            flags._yes,
            flags._replace,
            flags._user,
            flags._host,
            flags._port,
            flags._database,
        ];
        Array.ForEach(all, command.Add);
        return flags;
    }

    public InitializationOptions Read(ParseResult parsed) =>
        new(
            parsed.GetValue(_initialize),
            parsed.GetValue(_automatic),
            parsed.GetValue(_plan),
            parsed.GetValue(_yes),
            parsed.GetValue(_replace),
            new()
            {
                PostgresUser = parsed.GetValue(_user),
                PostgresHost = parsed.GetValue(_host),
                PostgresPort = parsed.GetValue(_port),
                PostgresDatabase = parsed.GetValue(_database),
            }
        );

    private static Option<string?> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };
}
