using Redb.Abstractions.Configuration;
using Redb.Database.Embedded;
using Redb.Database.Nodes;
using Redb.Database.Postgres;

namespace Redb.Database.Providers;

/// <summary>Opens what keeps a node's data.</summary>
public static class NodeStores
{
    /// <summary>The store of a provider. Nothing is connected to or created yet.</summary>
    /// <param name="provider">The one that was decided on.</param>
    /// <param name="database">As configured.</param>
    /// <param name="folder">The group's data folder.</param>
    /// <param name="password">Password of the node's own role; of no meaning to the embedded provider.</param>
    public static INodeStore Open(
        DatabaseProvider provider,
        DatabaseConfiguration database,
        string folder,
        string password
    ) =>
        provider == DatabaseProvider.Postgres
            ? new PostgresNodeStore(database.Postgres, new(database.User, password, database.Name))
            : new EmbeddedNodeStore(folder, database.Postgres.CommandTimeout);
}
