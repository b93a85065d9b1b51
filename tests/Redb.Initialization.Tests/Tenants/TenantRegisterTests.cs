using Redb.Initialization.Tenants;
using Redb.Initialization.Tests.Kit;
using Redb.Keyring.Names;

namespace Redb.Initialization.Tests.Tenants;

public sealed class TenantRegisterTests : IDisposable
{
    private readonly World _world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_single_tenant_node_has_its_own_tenant_and_gets_no_other()
    {
        await _world.InitializeAsync();

        var tenants = await _world.Tenants.ListAsync(Cancellation);
        var creating = () => _world.Tenants.CreateAsync("acme", "Acme", Cancellation);

        tenants.Should().ContainSingle().Which.Url.Should().Be("default");
        (await creating.Should().ThrowAsync<InitializationException>())
            .Which.Failure.Kind.Should()
            .Be(FailureKind.Conflict);
        _world.Database.Tenants.Should().ContainSingle();
    }

    [Fact]
    public async Task A_multi_tenant_node_begins_with_none_and_each_gets_keys_of_its_own()
    {
        await InitializeMultiAsync();

        var (acme, wasThere) = await _world.Tenants.CreateAsync("acme", "Acme", Cancellation);
        var (other, _) = await _world.Tenants.CreateAsync("other", "Other", Cancellation);

        wasThere.Should().BeFalse();
        (await _world.Tenants.ListAsync(Cancellation)).Should().BeEquivalentTo([acme, other]);
        Secret(SecretName.TenantJwtSecret(acme.Id)).Should().NotBe(Secret(SecretName.TenantJwtSecret(other.Id)));
        Secret(SecretName.TenantPrivateKey(acme.Id)).Should().NotBe(Secret(SecretName.TenantPrivateKey(other.Id)));
    }

    [Fact]
    public async Task A_tenant_that_is_there_stays_as_it_is()
    {
        await InitializeMultiAsync();
        var (acme, _) = await _world.Tenants.CreateAsync("acme", "Acme", Cancellation);
        var before = _world.Picture();

        var (again, wasThere) = await _world.Tenants.CreateAsync("acme", "Another name", Cancellation);

        (again, wasThere).Should().Be((acme, true));
        _world.Picture().Should().Be(before);
    }

    [Fact]
    public async Task Killed_at_any_moment_of_its_making_a_tenant_is_completed_by_the_next_call()
    {
        await InitializeMultiAsync();
        for (var moment = 0; ; moment++)
        {
            var url = $"tenant{moment}";
            _world.Fate.DieAt(moment);
            var isKilled = await IsKilledAsync(url);
            _world.Fate.Live();

            var (tenant, _) = await _world.Tenants.CreateAsync(url, url, Cancellation);

            _world.Database.Tenants.Should().ContainSingle(known => known.Url == url);
            Secret(SecretName.TenantPublicKey(tenant.Id)).Should().NotBeNull();
            Secret(SecretName.TenantJwtSecret(tenant.Id)).Should().NotBeNull();
            if (!isKilled)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task A_node_that_was_not_initialized_says_what_to_run()
    {
        var listing = () => _world.Tenants.ListAsync(Cancellation);

        (await listing.Should().ThrowAsync<InitializationException>())
            .Which.Failure.Next.Should()
            .Be("redb-supervisor --config config.yaml --initialize");
    }

    [Theory]
    [InlineData("single-tenant", "", "default")]
    [InlineData("single-tenant", "whatever", "default")]
    [InlineData("multi-tenant", "acme", "acme")]
    public void An_operation_is_about_the_tenant_that_is_named_or_the_only_one(
        string mode,
        string named,
        string meant
    ) => TenantChoice.Of(new() { Mode = mode }, named).Should().Be((meant, null));

    [Fact]
    public void On_a_multi_tenant_node_somebody_has_to_name_it() =>
        TenantChoice.Of(new() { Mode = "multi-tenant" }, "").Failure!.Kind.Should().Be(FailureKind.Unanswered);

    private async Task InitializeMultiAsync()
    {
        _world.Configuration = _world.Configuration with { MultiTenancy = new() { Mode = "multi-tenant" } };
        (await _world.InitializeAsync()).Should().BeNull();
        _world.Database.Tenants.Should().BeEmpty();
    }

    private async Task<bool> IsKilledAsync(string url)
    {
        try
        {
            await _world.Tenants.CreateAsync(url, url, Cancellation);
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    // Null unless it stands at both places.
    private string? Secret(SecretName name) =>
        _world.Keyring.Entries.GetValueOrDefault(name) is [var first, var second] && first == second ? first : null;
}
