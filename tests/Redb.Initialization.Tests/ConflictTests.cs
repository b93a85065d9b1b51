using Redb.Abstractions.Configuration;
using Redb.Initialization.Tests.Kit;
using Redb.Keyring.Names;

namespace Redb.Initialization.Tests;

/// <summary>What is there and does not fit is never replaced: somebody is told, and decides.</summary>
public sealed class ConflictTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    // Fault 52.
    [Fact]
    public async Task A_role_with_another_password_is_left_alone()
    {
        _world.Database.RolePassword = "of another node";

        var failure = await _world.InitializeAsync();

        failure!.Kind.Should().Be(FailureKind.Conflict);
        failure.What.Should().Contain("role redb");
        failure.Next.Should().Contain("--replace-role-password");
        _world.Database.RolePassword.Should().Be("of another node");
        _world.Record.Steps[^1].Name.Should().Be("password");
    }

    [Fact]
    public async Task Its_password_is_replaced_where_somebody_says_so()
    {
        _world.Database.RolePassword = "of another node";

        (await _world.InitializeAsync(mayReplace: true)).Should().BeNull();

        _world.Database.RolePassword.Should().Be(_world.Keyring.Entries[SecretName.DatabasePassword][0]);
    }

    [Fact]
    public async Task A_database_of_another_node_is_not_taken()
    {
        await _world.InitializeAsync();
        var node = _world.Database.Node;
        _world.Keyring.Entries.Remove(SecretName.NodePrivateKey);
        _world.Keyring.Entries.Remove(SecretName.NodePublicKey);

        var failure = await _world.InitializeAsync();

        failure!.Kind.Should().Be(FailureKind.Conflict);
        failure.What.Should().Contain($"belongs to node {node!.Id}");
        _world.Database.Node.Should().Be(node);
    }

    [Fact]
    public async Task A_database_that_lost_its_node_does_not_get_another_id()
    {
        await _world.InitializeAsync();
        _world.Database.Node = null;

        var failure = await _world.InitializeAsync();

        failure!.What.Should().Contain("is not in its database any more");
        _world.Database.Node.Should().BeNull();
    }

    // Fault 53: what was encrypted with them would be lost.
    [Fact]
    public async Task Keys_that_do_not_fit_together_are_never_replaced()
    {
        await _world.InitializeAsync();
        var id = _world.Record.Tenant!.Id;
        _world.Keyring.Entries[SecretName.TenantPrivateKey(id)] = [null, null];

        var failure = await _world.InitializeAsync();

        failure!.Kind.Should().Be(FailureKind.Conflict);
        failure.Cause.Should().Contain("private key is missing");
        _world.Keyring.Entries[SecretName.TenantPrivateKey(id)].Should().OnlyContain(value => value == null);
    }

    [Fact]
    public async Task The_database_is_decided_once()
    {
        await _world.InitializeAsync();
        _world.Configuration = _world.Configuration with
        {
            Database = new() { Name = "redb", Provider = DatabaseProvider.Embedded },
        };

        var failure = await _world.InitializeAsync();

        failure!.Kind.Should().Be(FailureKind.Conflict);
        failure.What.Should().Be("database.provider is embedded, and this node keeps its data in PostgreSQL");
    }

    [Fact]
    public async Task Another_default_tenant_is_no_second_one()
    {
        await _world.InitializeAsync();
        _world.Configuration = _world.Configuration with { MultiTenancy = new() { DefaultTenantUrl = "acme" } };

        var failure = await _world.InitializeAsync();

        failure!.What.Should().Contain("default_tenant_url is acme, and this node's tenant is default");
        _world.Database.Tenants.Should().ContainSingle();
    }

    [Fact]
    public async Task A_multi_tenant_node_gets_no_tenant_by_itself()
    {
        _world.Configuration = _world.Configuration with
        {
            MultiTenancy = new MultiTenancyConfiguration { Mode = "multi-tenant" },
        };

        (await _world.InitializeAsync()).Should().BeNull();

        _world.Database.Tenants.Should().BeEmpty();
        _world.Record.Tenant.Should().BeNull();
    }

    // Services of a named group read other names than the supervisor (contract, 5.4), and the first user's set-up writes one of them.
    [Fact]
    public async Task A_secret_that_is_missing_under_one_name_is_copied_and_not_made_anew()
    {
        await _world.InitializeAsync();
        var entry = _world.Keyring.Entries[SecretName.TenantJwtSecret(_world.Record.Tenant!.Id)];
        (entry[0], entry[1]) = ("from the first user's set-up", entry[1]);

        (await _world.InitializeAsync()).Should().BeNull();

        entry.Should().OnlyContain(value => value == "from the first user's set-up");
    }

    [Fact]
    public async Task What_the_keyring_refuses_is_told_with_the_step_and_nothing_follows()
    {
        _world.Keyring.Refusal = new(FailureKind.Refused, "the keyring does not open", "another password", "set it");

        var failure = await _world.InitializeAsync();

        failure.Should().Be(_world.Keyring.Refusal);
        _world.Lines[^1].Should().StartWith("[ 2/11] keyring      failed: the keyring does not open");
        _world.Database.Changes.Should().Be(0);
        _world.Database.Record.Should().NotBeNull("what was decided before stays decided");
    }
}
