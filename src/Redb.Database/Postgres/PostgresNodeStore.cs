using System.Net;
using System.Text;
using Npgsql;
using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Database.Nodes;
using Redb.Database.Schema;

namespace Redb.Database.Postgres;

/// <summary>The node's identity and tenants in the tables that unmodified services read as well.</summary>
/// <param name="server">Where.</param>
/// <param name="login">The node's own role.</param>
public sealed class PostgresNodeStore(PostgresConfiguration server, PostgresLogin login) : INodeStore
{
    private const string NodeColumns =
        "node_id, node_name, COALESCE(host(ip_address), ''), COALESCE(port, 0), COALESCE(status::text, ''), identity_id IS NOT NULL, convert_from(COALESCE(node_public_key, ''), 'UTF8')";
    private const string NodeTables = "nodes LEFT JOIN localidentity ON identity_id = node_id";
    private const string TenantColumns =
        "tenant_id::text, tenant_name, COALESCE(tenant_description, ''), tenant_url, COALESCE(status::text, ''), created";

    private readonly PostgresPort _port = new(server, login);
    private readonly NodeSchema _schema = new(server, login);

    /// <inheritdoc />
    public Task<DatabaseFailure?> EnsureSchemaAsync(CancellationToken token) => _schema.EnsureAsync(token);

    /// <inheritdoc />
    public Task<DatabaseFailure?> FindSchemaFaultAsync(CancellationToken token) => _schema.FindFaultAsync(token);

    /// <inheritdoc />
    public Task<Answer<Node?>> FindLocalNodeAsync(CancellationToken token) =>
        _port.AskAsync<Node?>(
            "this node's identity cannot be read",
            async connection => await LocalNodeAsync(connection, token),
            token
        );

    /// <inheritdoc />
    public Task<Answer<Node>> EnsureLocalNodeAsync(NewNode node, CancellationToken token) =>
        _port.AskAsync<Node>(
            "this node cannot be written down",
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(token);
                // One initialization at a time: two would make two identities.
                await connection.ExecuteAsync("LOCK TABLE localidentity IN EXCLUSIVE MODE", token);
                if (await LocalNodeAsync(connection, token) is { } there)
                {
                    return there;
                }

                await InsertAsync(connection, await AdoptIdAsync(connection, node, token), token);
                await transaction.CommitAsync(token);
                return (await LocalNodeAsync(connection, token))!;
            },
            token
        );

    /// <inheritdoc />
    public Task<DatabaseFailure?> UpdateAddressAsync(string ipAddress, int port, CancellationToken token) =>
        _port.DoAsync(
            "the address of this node cannot be corrected",
            async connection =>
            {
                await connection.ExecuteAsync(
                    """
                    UPDATE nodes SET ip_address = $1, port = $2, updated = CURRENT_TIMESTAMP
                    FROM localidentity
                    WHERE identity_id = node_id AND (ip_address, port) IS DISTINCT FROM ($1, $2)
                    """,
                    token,
                    IPAddress.Parse(ipAddress),
                    port
                );
                return null;
            },
            token
        );

    /// <inheritdoc />
    public Task<Answer<MeshIdentity?>> FindMeshIdentityAsync(CancellationToken token) =>
        _port.AskAsync<MeshIdentity?>(
            "this node's place in the mesh cannot be read",
            async connection =>
                (
                    await connection.RowsAsync(
                        """
                        SELECT node_id, (SELECT mesh_id FROM mesh ORDER BY mesh_id LIMIT 1)
                        FROM nodes JOIN localidentity ON identity_id = node_id
                        ORDER BY node_id LIMIT 1
                        """,
                        row => new MeshIdentity(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1)),
                        token
                    )
                ).FirstOrDefault(),
            token
        );

    /// <inheritdoc />
    public Task<Answer<IReadOnlyList<Node>>> ListNodesAsync(CancellationToken token) =>
        _port.AskAsync<IReadOnlyList<Node>>(
            "the nodes of the mesh cannot be read",
            async connection =>
                await connection.RowsAsync($"SELECT {NodeColumns} FROM {NodeTables} ORDER BY node_id", ReadNode, token),
            token
        );

    /// <inheritdoc />
    public Task<Answer<Tenant?>> FindTenantAsync(string url, CancellationToken token) =>
        _port.AskAsync<Tenant?>(
            $"tenant {url} cannot be looked up",
            async connection => await TenantAsync(connection, url, token),
            token
        );

    /// <inheritdoc />
    public Task<Answer<IReadOnlyList<Tenant>>> ListTenantsAsync(CancellationToken token) =>
        _port.AskAsync<IReadOnlyList<Tenant>>(
            "the tenants cannot be read",
            async connection =>
                await connection.RowsAsync(
                    $"SELECT {TenantColumns} FROM tenants ORDER BY tenant_name",
                    ReadTenant,
                    token
                ),
            token
        );

    /// <inheritdoc />
    public Task<Answer<TenantCreation>> EnsureTenantAsync(NewTenant tenant, CancellationToken token) =>
        _port.AskAsync<TenantCreation>(
            $"tenant {tenant.Name} cannot be created",
            async connection =>
            {
                var inserted = await connection.ExecuteAsync(
                    """
                    INSERT INTO tenants (tenant_id, tenant_name, tenant_url, tenant_description, status)
                    VALUES ($1, $2, $3, $4, 'STATUS_ACTIVE')
                    ON CONFLICT DO NOTHING
                    """,
                    token,
                    tenant.Id,
                    tenant.Name,
                    tenant.Url,
                    tenant.Description
                );
                return await TenantAsync(connection, tenant.Url, token) is { } there
                    ? new TenantCreation(there, inserted == 1)
                    : TenantTrouble.NameTaken(tenant);
            },
            token
        );

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _schema.DisposeAsync();
        await _port.DisposeAsync();
    }

    // An identity whose node is gone keeps its number: others know it by that.
    private static async Task<NewNode> AdoptIdAsync(
        NpgsqlConnection connection,
        NewNode node,
        CancellationToken token
    ) =>
        await connection.ScalarAsync("SELECT identity_id FROM localidentity ORDER BY identity_id LIMIT 1", token)
            is long id
            ? node with
            {
                Id = id,
            }
            : node;

    private static async Task InsertAsync(NpgsqlConnection connection, NewNode node, CancellationToken token)
    {
        await connection.ExecuteAsync(
            """
            INSERT INTO nodes
                (node_id, node_name, node_description, node_public_key, ip_address, port, node_platform, node_version, status)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'STATUS_ACTIVE')
            """,
            token,
            node.Id,
            node.Name,
            NewNode.Description,
            Encoding.UTF8.GetBytes(node.PublicKeyPem),
            IPAddress.Parse(node.IpAddress),
            node.Port,
            node.Platform,
            node.Version
        );
        await connection.ExecuteAsync(
            "INSERT INTO localidentity (identity_id) VALUES ($1) ON CONFLICT DO NOTHING",
            token,
            node.Id
        );
    }

    private static async Task<Node?> LocalNodeAsync(NpgsqlConnection connection, CancellationToken token) =>
        (
            await connection.RowsAsync(
                $"SELECT {NodeColumns} FROM {NodeTables} WHERE identity_id IS NOT NULL ORDER BY node_id LIMIT 1",
                ReadNode,
                token
            )
        ).FirstOrDefault();

    private static async Task<Tenant?> TenantAsync(NpgsqlConnection connection, string url, CancellationToken token) =>
        (
            await connection.RowsAsync(
                $"SELECT {TenantColumns} FROM tenants WHERE tenant_url = $1",
                ReadTenant,
                token,
                url
            )
        ).FirstOrDefault();

    private static Node ReadNode(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.GetString(2),
            row.GetInt32(3),
            row.GetString(4),
            row.GetBoolean(5),
            row.GetString(6)
        );

    private static Tenant ReadTenant(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetDateTime(5)
        );
}
