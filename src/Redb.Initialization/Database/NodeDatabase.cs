using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Database.Nodes;
using Redb.Database.Postgres;
using Redb.Initialization.Progress;

namespace Redb.Initialization.Database;

/// <summary>The database of a group as it was decided on: its tables, and with PostgreSQL the server around them.</summary>
/// <param name="configuration">As configured, with the server that was found.</param>
/// <param name="server">PostgreSQL; null with the embedded database.</param>
/// <param name="open">Opens the tables with the role's password.</param>
/// <param name="time">Clock, for ids.</param>
internal sealed class NodeDatabase(
    DatabaseConfiguration configuration,
    NodeServer? server,
    Func<string, INodeStore> open,
    TimeProvider time
) : INodeDatabase
{
    private const int ChanceBytes = 7;
    private const string TenantDescription = "Default tenant for single-tenant mode";

    private (string Password, INodeStore Store)? _opened;
    private bool _isWhole;

    public Task<RoleStanding> LookAtRoleAsync(string? password, CancellationToken cancellationToken) =>
        server is null
            ? Task.FromResult(RoleStanding.NotNeeded)
            : server.LookAtRoleAsync(configuration, password, cancellationToken);

    public Task CreateRoleAsync(string password, CancellationToken cancellationToken) =>
        SetPasswordAsync(password, cancellationToken);

    public Task SetPasswordAsync(string password, CancellationToken cancellationToken) =>
        Server.EnsureRoleAsync(configuration, password, cancellationToken);

    public Task<bool> TakesPasswordAsync(string password, CancellationToken cancellationToken) =>
        server is null
            ? Task.FromResult(true)
            : NodeServer.TakesPasswordAsync(configuration, password, cancellationToken);

    public async Task ChangePasswordAsync(string current, string next, CancellationToken cancellationToken) =>
        (
            await PostgresRole.ChangePasswordAsync(
                configuration.Postgres,
                new(configuration.User, current, configuration.Name),
                next,
                cancellationToken
            )
        ).ThrowIfAny();

    public async Task<DatabaseStanding> LookAtDatabaseAsync(string? password, CancellationToken cancellationToken)
    {
        if (server is null || password is null)
        {
            return server is null ? DatabaseStanding.Usable : DatabaseStanding.Missing;
        }

        // Whole tables say that the role can work there, and nobody else has to be asked.
        var fault = await Store(password).FindSchemaFaultAsync(cancellationToken);
        return fault is null
            ? DatabaseStanding.Usable
            : await server.LookAtDatabaseAsync(configuration, fault, cancellationToken);
    }

    public Task ProvideDatabaseAsync(CancellationToken cancellationToken) =>
        Server.EnsureDatabaseAsync(configuration, cancellationToken);

    public async Task<SchemaStanding> LookAtSchemaAsync(string? password, CancellationToken cancellationToken)
    {
        var fault = password is null ? null : await Store(password).FindSchemaFaultAsync(cancellationToken);
        _isWhole = password is not null && fault is null;
        return _isWhole ? new(true, "complete, and of this version")
            : fault is null or { Kind: DatabaseFailureKind.NoDatabase or DatabaseFailureKind.Credentials }
                ? new(false, "create the tables")
            : fault.Kind == DatabaseFailureKind.NotInitialized
                ? new(false, $"create what is missing of the tables ({fault.Cause})")
            : throw new InitializationException(fault.ToFailure());
    }

    public async Task ProvideSchemaAsync(string password, CancellationToken cancellationToken) =>
        (await Store(password).EnsureSchemaAsync(cancellationToken)).ThrowIfAny();

    public async Task<LocalNode?> FindNodeAsync(string? password, CancellationToken cancellationToken) =>
        _isWhole && (await Store(password!).FindLocalNodeAsync(cancellationToken)).OrThrow() is { } node
            ? new(node.Id, node.PublicKey)
            : null;

    public async Task EnterNodeAsync(
        string password,
        string publicKey,
        string address,
        int port,
        CancellationToken cancellationToken
    )
    {
        var id = NodeIds.Next(time.GetUtcNow(), RandomNumberGenerator.GetInt32(int.MaxValue));
        var node = new NewNode(id, publicKey, address, port, Platform, Version);
        (await Store(password).EnsureLocalNodeAsync(node, cancellationToken)).OrThrow();
    }

    public async Task UpdateAddressAsync(
        string password,
        string address,
        int port,
        CancellationToken cancellationToken
    ) => (await Store(password).UpdateAddressAsync(address, port, cancellationToken)).ThrowIfAny();

    public async Task<long?> FindMeshAsync(string? password, CancellationToken cancellationToken) =>
        _isWhole ? (await Store(password!).FindMeshIdentityAsync(cancellationToken)).OrThrow()?.MeshId : null;

    public async Task<RecordedTenant?> FindTenantAsync(
        string? password,
        string url,
        CancellationToken cancellationToken
    ) =>
        (_isWhole || _opened is not null)
        && password is not null
        && (await Store(password).FindTenantAsync(url, cancellationToken)).OrThrow() is { } tenant
            ? Recorded(tenant)
            : null;

    public async Task<ImmutableArray<RecordedTenant>> ListTenantsAsync(
        string password,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await Store(password).ListTenantsAsync(cancellationToken))
                .OrThrow()
                .Select(Recorded)
                .OrderBy(tenant => tenant.Url, StringComparer.Ordinal),
        ];

    public async Task EnterTenantAsync(
        string password,
        string id,
        string name,
        string url,
        CancellationToken cancellationToken
    )
    {
        var fitting = Ulids.IsTenant(id)
            ? id
            : Ulids.Next("tenant", time.GetUtcNow(), RandomNumberGenerator.GetBytes(ChanceBytes));
        (
            await Store(password).EnsureTenantAsync(new(fitting, name, url, TenantDescription), cancellationToken)
        ).OrThrow();
    }

    // As Go names them, since services compare.
    private static string Platform =>
        $"linux/{RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "amd64",
            var other => other.ToString().ToLowerInvariant(),
        }}";

    private static string Version =>
        $"v{typeof(NodeDatabase).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}";

    private NodeServer Server => server ?? throw new InvalidOperationException("The embedded database has no server.");

    private static RecordedTenant Recorded(Tenant tenant) => new(tenant.Id, tenant.Name, tenant.Url);

    // Connections are few and the process ends or goes on for long: they end with it.
    private INodeStore Store(string password)
    {
        if (_opened is not { } opened || opened.Password != password)
        {
            _opened = opened = (password, open(password));
        }

        return opened.Store;
    }
}
