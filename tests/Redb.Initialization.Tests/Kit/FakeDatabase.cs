using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Database.Providers;
using Redb.Initialization.Database;
using Redb.Initialization.Progress;

namespace Redb.Initialization.Tests.Kit;

/// <summary>A server in memory with one role, one database, one node. Every change is whole or absent, as a transaction is.</summary>
internal sealed class FakeDatabase(Fate fate) : INodeDatabase, IDatabaseChooser
{
    private int _nextId = 4711;

    public string? RolePassword { get; set; }

    public bool HasDatabase { get; set; }

    public bool HasSchema { get; set; }

    public LocalNode? Node { get; set; }

    public List<RecordedTenant> Tenants { get; } = [];

    public long? MeshId { get; set; }

    public int Changes { get; private set; }

    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Postgres;

    public ProviderRecord? Record { get; private set; }

    public RecordedServer? Server => new("localhost", 5432);

    public ProviderRecord? Read() => Record;

    public void Write(ProviderRecord record)
    {
        fate.Pass();
        Record = record;
        fate.Pass();
    }

    public Task<ProviderRecord> DecideAsync(CancellationToken cancellationToken)
    {
        fate.Pass();
        return Task.FromResult(
            new ProviderRecord
            {
                Provider = Provider,
                DecidedAt = DateTimeOffset.UnixEpoch,
                Reason = "PostgreSQL answered",
            }
        );
    }

    public string PlaceOf(ProviderRecord record) => "PostgreSQL at localhost:5432, database redb";

    public INodeDatabase Open(ProviderRecord record) => this;

    public Task<RoleStanding> LookAtRoleAsync(string? password, CancellationToken cancellationToken)
    {
        fate.Pass();
        return Task.FromResult(
            RolePassword is null ? RoleStanding.Missing
            : RolePassword == password ? RoleStanding.Accepts
            : RoleStanding.RefusesPassword
        );
    }

    public Task CreateRoleAsync(string password, CancellationToken cancellationToken) =>
        Change(() =>
            RolePassword = RolePassword is null ? password : throw new InvalidOperationException("It is there.")
        );

    public Task SetPasswordAsync(string password, CancellationToken cancellationToken) =>
        Change(() => RolePassword = password);

    /// <summary>Whether the server asks for no password, as <c>trust</c> has it.</summary>
    public bool TrustsAnybody { get; set; }

    public Task<bool> TakesPasswordAsync(string password, CancellationToken cancellationToken)
    {
        fate.Pass();
        return Task.FromResult(TrustsAnybody || RolePassword == password);
    }

    public Task ChangePasswordAsync(string current, string next, CancellationToken cancellationToken)
    {
        (TrustsAnybody || current == RolePassword).Should().BeTrue("the role changes its own password");
        return Change(() => RolePassword = next);
    }

    public Task<DatabaseStanding> LookAtDatabaseAsync(string? password, CancellationToken cancellationToken)
    {
        fate.Pass();
        return Task.FromResult(HasDatabase ? DatabaseStanding.Usable : DatabaseStanding.Missing);
    }

    public Task ProvideDatabaseAsync(CancellationToken cancellationToken) => Change(() => HasDatabase = true);

    public Task<SchemaStanding> LookAtSchemaAsync(string? password, CancellationToken cancellationToken)
    {
        fate.Pass();
        return Task.FromResult(new SchemaStanding(HasSchema, HasSchema ? "71 tables" : "create 71 tables"));
    }

    public Task ProvideSchemaAsync(string password, CancellationToken cancellationToken) =>
        Change(() => HasSchema = HasDatabase && password == RolePassword);

    public Task<LocalNode?> FindNodeAsync(string? password, CancellationToken cancellationToken)
    {
        fate.Pass();
        return Task.FromResult(Node);
    }

    public Task EnterNodeAsync(
        string password,
        string publicKey,
        string address,
        int port,
        CancellationToken cancellationToken
    ) =>
        Change(() =>
            Node = Node is null ? new(_nextId++, publicKey) : throw new InvalidOperationException("It is there.")
        );

    public Task UpdateAddressAsync(string password, string address, int port, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<long?> FindMeshAsync(string? password, CancellationToken cancellationToken)
    {
        fate.Pass();
        return Task.FromResult(MeshId);
    }

    public Task<RecordedTenant?> FindTenantAsync(string? password, string url, CancellationToken cancellationToken)
    {
        fate.Pass();
        return Task.FromResult(Tenants.Find(tenant => tenant.Url == url));
    }

    public Task<ImmutableArray<RecordedTenant>> ListTenantsAsync(
        string password,
        CancellationToken cancellationToken
    ) => Task.FromResult<ImmutableArray<RecordedTenant>>([.. Tenants]);

    public Task EnterTenantAsync(
        string password,
        string id,
        string name,
        string url,
        CancellationToken cancellationToken
    ) => Change(() => Tenants.Add(new($"tenant_{_nextId++}", name, url)));

    private Task Change(Action change)
    {
        fate.Pass();
        change();
        Changes++;
        fate.Pass();
        return Task.CompletedTask;
    }
}
