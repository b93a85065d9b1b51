using System.Collections.Immutable;
using Redb.Initialization.Progress;

namespace Redb.Initialization.Database;

/// <summary>
/// The database of one group, as initialization needs it. Looking changes nothing; each change is one transaction. What it refuses is an
/// <see cref="InitializationException"/>. Passwords are the node's own, from its keyring; null while there is none.
/// </summary>
internal interface INodeDatabase
{
    /// <summary>The role that the services work as.</summary>
    Task<RoleStanding> LookAtRoleAsync(string? password, CancellationToken cancellationToken);

    /// <summary>Creates the role with this password.</summary>
    Task CreateRoleAsync(string password, CancellationToken cancellationToken);

    /// <summary>Gives the role this password.</summary>
    Task SetPasswordAsync(string password, CancellationToken cancellationToken);

    /// <summary>Whether the server takes a password from the role; the embedded database takes any. No administrator is needed.</summary>
    Task<bool> TakesPasswordAsync(string password, CancellationToken cancellationToken);

    /// <summary>Gives the role another password, as the role itself.</summary>
    Task ChangePasswordAsync(string current, string next, CancellationToken cancellationToken);

    /// <summary>The database itself.</summary>
    Task<DatabaseStanding> LookAtDatabaseAsync(string? password, CancellationToken cancellationToken);

    /// <summary>Creates the database, or gives the role the rights it needs there.</summary>
    Task ProvideDatabaseAsync(CancellationToken cancellationToken);

    /// <summary>The tables.</summary>
    Task<SchemaStanding> LookAtSchemaAsync(string? password, CancellationToken cancellationToken);

    /// <summary>Creates the tables, or brings them up to date; all or nothing.</summary>
    Task ProvideSchemaAsync(string password, CancellationToken cancellationToken);

    /// <summary>This node; null when the database has none yet, or is not there.</summary>
    Task<LocalNode?> FindNodeAsync(string? password, CancellationToken cancellationToken);

    /// <summary>Enters this node.</summary>
    /// <param name="password">Of the role.</param>
    /// <param name="publicKey">The node's public key, PEM.</param>
    /// <param name="address">Numeric address on which peers reach its mesh service.</param>
    /// <param name="port">Port there.</param>
    /// <param name="cancellationToken">Bounds it.</param>
    Task EnterNodeAsync(
        string password,
        string publicKey,
        string address,
        int port,
        CancellationToken cancellationToken
    );

    /// <summary>Corrects where peers reach this node.</summary>
    Task UpdateAddressAsync(string password, string address, int port, CancellationToken cancellationToken);

    /// <summary>The mesh this node belongs to; null for none.</summary>
    Task<long?> FindMeshAsync(string? password, CancellationToken cancellationToken);

    /// <summary>A tenant by its URL; null when there is none, or no database.</summary>
    Task<RecordedTenant?> FindTenantAsync(string? password, string url, CancellationToken cancellationToken);

    /// <summary>All tenants, by URL.</summary>
    Task<ImmutableArray<RecordedTenant>> ListTenantsAsync(string password, CancellationToken cancellationToken);

    /// <summary>Enters a tenant.</summary>
    /// <param name="password">Of the role.</param>
    /// <param name="id">The id it shall have, where it can be one; else it is given one.</param>
    /// <param name="name">Its name.</param>
    /// <param name="url">Its URL part.</param>
    /// <param name="cancellationToken">Bounds it.</param>
    Task EnterTenantAsync(string password, string id, string name, string url, CancellationToken cancellationToken);
}
