using DbUp.Postgresql;
using Npgsql;

namespace Redb.Database.Schema;

/// <summary>Sends each script as one: PostgreSQL knows better than a search for semicolons where a statement ends.</summary>
internal sealed class WholeScripts(NpgsqlDataSource source) : PostgresqlConnectionManager(source)
{
    public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) => [scriptContents];
}
