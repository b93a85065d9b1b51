using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Redb.Database.Failures;
using Redb.Database.Nodes;

namespace Redb.Database.Embedded;

/// <summary>The node's identity and tenants in a file of the data folder: enough for the supervisor, and nothing that services can read.</summary>
/// <param name="folder">The group's data folder.</param>
/// <param name="timeout">Longest wait for another program that holds the file.</param>
public sealed class EmbeddedNodeStore(string folder, TimeSpan timeout) : INodeStore
{
    private const string NodeColumns =
        "node_id, node_name, ip_address, port, status, identity_id IS NOT NULL, CAST(node_public_key AS TEXT)";
    private const string NodeTables = "nodes LEFT JOIN localidentity ON identity_id = node_id";
    private const string TenantColumns = "tenant_id, tenant_name, tenant_description, tenant_url, status, created";

    private readonly EmbeddedFile _file = new(PathIn(folder), timeout);

    /// <summary>Where the file is.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "node.db");

    /// <inheritdoc />
    public Task<DatabaseFailure?> EnsureSchemaAsync(CancellationToken token)
    {
        const string What = "the node's file cannot be made";
        var made = _file.Ask<bool>(
            What,
            mayCreate: true,
            connection =>
            {
                if (_file.FindFault(connection, What) is { } fault)
                {
                    if (fault.Kind != DatabaseFailureKind.NotInitialized)
                    {
                        return fault;
                    }

                    _file.Upgrade(connection);
                }

                return true;
            }
        );
        return Task.FromResult(made.Failure);
    }

    /// <inheritdoc />
    public Task<DatabaseFailure?> FindSchemaFaultAsync(CancellationToken token) =>
        Task.FromResult(Ask<bool>("this node is not ready", _ => true).Failure);

    /// <inheritdoc />
    public Task<Answer<Node?>> FindLocalNodeAsync(CancellationToken token) =>
        Task.FromResult(Ask<Node?>("this node's identity cannot be read", connection => LocalNode(connection)));

    /// <inheritdoc />
    public Task<Answer<Node>> EnsureLocalNodeAsync(NewNode node, CancellationToken token) =>
        Task.FromResult(
            Ask<Node>(
                "this node cannot be written down",
                connection =>
                {
                    using var transaction = connection.BeginTransaction();
                    if (LocalNode(connection) is { } there)
                    {
                        return there;
                    }

                    Insert(connection, node);
                    transaction.Commit();
                    return LocalNode(connection)!;
                }
            )
        );

    /// <inheritdoc />
    public Task<DatabaseFailure?> UpdateAddressAsync(string ipAddress, int port, CancellationToken token) =>
        Task.FromResult(
            Ask<bool>(
                "the address of this node cannot be corrected",
                connection =>
                    EmbeddedFile.Execute(
                        connection,
                        "UPDATE nodes SET ip_address = $1, port = $2, updated = CURRENT_TIMESTAMP WHERE node_id IN (SELECT identity_id FROM localidentity) AND (ip_address, port) <> ($1, $2)",
                        ipAddress,
                        port
                    ) >= 0
            ).Failure
        );

    /// <inheritdoc />
    public Task<Answer<MeshIdentity?>> FindMeshIdentityAsync(CancellationToken token) =>
        Task.FromResult(
            Ask<MeshIdentity?>(
                "this node's place in the mesh cannot be read",
                connection =>
                    Rows(
                            connection,
                            $"SELECT node_id, (SELECT min(mesh_id) FROM mesh) FROM {NodeTables} WHERE identity_id IS NOT NULL",
                            row => new MeshIdentity(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1))
                        )
                        .FirstOrDefault()
            )
        );

    /// <inheritdoc />
    public Task<Answer<IReadOnlyList<Node>>> ListNodesAsync(CancellationToken token) =>
        Task.FromResult(
            Ask<IReadOnlyList<Node>>(
                "the nodes of the mesh cannot be read",
                connection => Rows(connection, $"SELECT {NodeColumns} FROM {NodeTables} ORDER BY node_id", ReadNode)
            )
        );

    /// <inheritdoc />
    public Task<Answer<Tenant?>> FindTenantAsync(string url, CancellationToken token) =>
        Task.FromResult(Ask<Tenant?>($"tenant {url} cannot be looked up", connection => Tenant(connection, url)));

    /// <inheritdoc />
    public Task<Answer<IReadOnlyList<Tenant>>> ListTenantsAsync(CancellationToken token) =>
        Task.FromResult(
            Ask<IReadOnlyList<Tenant>>(
                "the tenants cannot be read",
                connection => Rows(connection, $"SELECT {TenantColumns} FROM tenants ORDER BY tenant_name", ReadTenant)
            )
        );

    /// <inheritdoc />
    public Task<Answer<TenantCreation>> EnsureTenantAsync(NewTenant tenant, CancellationToken token) =>
        Task.FromResult(
            Ask<TenantCreation>(
                $"tenant {tenant.Name} cannot be created",
                connection =>
                {
                    var inserted = EmbeddedFile.Execute(
                        connection,
                        "INSERT INTO tenants (tenant_id, tenant_name, tenant_url, tenant_description, status) VALUES ($1, $2, $3, $4, 'STATUS_ACTIVE') ON CONFLICT DO NOTHING",
                        tenant.Id,
                        tenant.Name,
                        tenant.Url,
                        tenant.Description
                    );
                    return Tenant(connection, tenant.Url) is { } there
                        ? new TenantCreation(there, inserted == 1)
                        : TenantTrouble.NameTaken(tenant);
                }
            )
        );

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Answer<T> Ask<T>(string what, Func<SqliteConnection, Answer<T>> ask) =>
        _file.Ask<T>(
            what,
            mayCreate: false,
            connection => _file.FindFault(connection, what) is { } fault ? fault : ask(connection)
        );

    private static void Insert(SqliteConnection connection, NewNode node)
    {
        EmbeddedFile.Execute(
            connection,
            "INSERT INTO nodes (node_id, node_name, node_description, node_public_key, ip_address, port, node_platform, node_version, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'STATUS_ACTIVE')",
            node.Id,
            node.Name,
            NewNode.Description,
            Encoding.UTF8.GetBytes(node.PublicKeyPem),
            node.IpAddress,
            node.Port,
            node.Platform,
            node.Version
        );
        EmbeddedFile.Execute(connection, "INSERT INTO localidentity (identity_id) VALUES ($1)", node.Id);
    }

    private static Node? LocalNode(SqliteConnection connection) =>
        Rows(connection, $"SELECT {NodeColumns} FROM {NodeTables} WHERE identity_id IS NOT NULL", ReadNode)
            .FirstOrDefault();

    private static Tenant? Tenant(SqliteConnection connection, string url) =>
        Rows(connection, $"SELECT {TenantColumns} FROM tenants WHERE tenant_url = $1", ReadTenant, url)
            .FirstOrDefault();

    private static List<T> Rows<T>(
        SqliteConnection connection,
        string text,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<object> values
    )
    {
        using var command = EmbeddedFile.Command(connection, text, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static Node ReadNode(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.GetString(2),
            row.GetInt32(3),
            row.GetString(4),
            row.GetBoolean(5),
            row.GetString(6)
        );

    private static Tenant ReadTenant(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            DateTime.Parse(row.GetString(5), CultureInfo.InvariantCulture)
        );
}
