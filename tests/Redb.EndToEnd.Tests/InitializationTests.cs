using Redb.EndToEnd.Tests.Kit;
using Redb.TestKit;
using Redb.TestKit.Postgres;

namespace Redb.EndToEnd.Tests;

/// <summary>Initialization as an operator has it, with a real PostgreSQL.</summary>
public sealed class InitializationTests : IAsyncLifetime
{
    private PostgresServer _postgres = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _postgres = await PostgresServer.StartAsync();

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    // Faults 52 to 54: nothing is asked, and the second and third time nothing is changed.
    [Fact]
    public async Task Three_starts_with_autoinitialize_end_in_a_running_group_and_the_same_state()
    {
        await using var site = new NodeSite(postgres: _postgres);

        var first = await site.RunToReadyAsync("--autoinitialize");
        var picture = await site.PictureAsync();
        await site.RunToReadyAsync("--autoinitialize");
        await site.RunToReadyAsync("--autoinitialize");

        (await site.PictureAsync()).Should().Be(picture);
        first.Lines.Should().Contain(line => line.StartsWith("[ 6/11] schema       done in", StringComparison.Ordinal));
        site.Decision().GetProperty("provider").GetString().Should().Be("Postgres");
        (await site.RunToReadyAsync())
            .Lines.Should()
            .NotContain(line => line.Contains("/11]", StringComparison.Ordinal));
        (await site.PictureAsync()).Should().Be(picture);
    }

    [Fact]
    public async Task Services_are_told_of_their_node_and_their_tenant()
    {
        await using var site = new NodeSite(postgres: _postgres);
        var supervisor = site.Start("--autoinitialize");
        await supervisor.LineAsync("group default Starting -> Ready");

        var mesh = await EnvironmentOfAsync(site, "mesh");
        var core = await EnvironmentOfAsync(site, "core");

        var node = site.Decision().GetProperty("node_id").GetString();
        var tenant = site.Record().GetProperty("tenant").GetProperty("id").GetString();
        mesh.Should().Contain([$"MESH_NODE_ID={node}", $"MESH_ROUTING_ID={node}", "MESH_MESH_ID=clean-node"]);
        core.Should().NotContain(variable => variable.StartsWith("MESH_", StringComparison.Ordinal));
        core.Should()
            .Contain([
                $"REDB_DEFAULT_TENANT_ID={tenant}",
                "REDB_DEFAULT_TENANT_NAME=Default Tenant",
                "REDB_DEFAULT_TENANT_URL=default",
                $"REDB_KEYRING_PATH={site.Folder}/keys/keyring.json",
                $"REDB_KEYRING_PASSWORD={site.MasterPassword}",
                "REDB_KEYRING_BACKEND=file",
                "REDB_DATABASE_NAME=redb",
                "REDB_DATABASE_USER=redb",
            ]);
        core.Should().NotContain(variable => variable.StartsWith("REDB_POSTGRES_PASSWORD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_says_what_would_be_done_and_changes_nothing()
    {
        await using var site = new NodeSite(postgres: _postgres);

        var (code, lines) = await site.RunAsync("--plan");

        code.Should().Be(0);
        lines
            .Should()
            .Contain(line =>
                line.EndsWith("would: create role redb with the keyring's password", StringComparison.Ordinal)
            );
        lines
            .Should()
            .Contain(line => line.EndsWith(" steps are to be done; nothing was changed", StringComparison.Ordinal));
        Directory.EnumerateFileSystemEntries(site.Folder).Should().Equal(site.ConfigFile);
        (await DatabasePeek.ReadAsync(_postgres, site.Database)).Should().BeEmpty();
    }

    [Fact]
    public async Task Initialize_without_a_terminal_guesses_nothing_and_with_a_yes_does_it()
    {
        await using var site = new NodeSite(postgres: _postgres);

        var (refused, why) = await site.RunAsync("--initialize");
        var (done, _) = await site.RunAsync("--initialize", "--yes");

        refused.Should().Be(2);
        why.Should().Contain(line => line.StartsWith("next:  add --yes", StringComparison.Ordinal));
        done.Should().Be(0);
        (await DatabasePeek.ReadAsync(_postgres, site.Database)).Should().Contain("71");
    }

    // The administrator is needed once; a container that is started again has no password of theirs any more.
    [Fact]
    public async Task An_initialized_node_needs_no_administrator()
    {
        await using var site = new NodeSite(postgres: _postgres);
        await site.RunAsync("--initialize", "--yes");

        var supervisor = site.Start(["--autoinitialize"], ("REDB_POSTGRES_PASSWORD", "forgotten"));

        await supervisor.LineAsync("group default Starting -> Ready");
    }

    [Fact]
    public async Task Two_groups_share_a_server_and_nothing_else()
    {
        await using var one = new NodeSite(postgres: _postgres);
        await using var two = new NodeSite("instance2", _postgres);
        var first = one.Start("--autoinitialize");
        var second = two.Start("--autoinitialize");

        await first.LineAsync("group default Starting -> Ready");
        await second.LineAsync("group instance2 Starting -> Ready");

        one.Decision()
            .GetProperty("node_id")
            .GetString()
            .Should()
            .NotBe(two.Decision().GetProperty("node_id").GetString());
        (await DatabasePeek.ReadAsync(_postgres, "redb")).Should().Contain("71");
        (await DatabasePeek.ReadAsync(_postgres, "redb_instance2")).Should().Contain("71");
    }

    // Faults 39, 40 and 44: what the initializer writes and what services of a named group read (contract, 5.3 and 5.4).
    [Fact]
    public async Task Services_of_a_named_group_find_every_secret_where_they_look_for_it()
    {
        await using var site = new NodeSite("instance2", _postgres);

        (await site.RunAsync("--initialize", "--yes")).ExitCode.Should().Be(0);

        var secrets = KeyringPeek.ReadAll(site.Folder, site.MasterPassword);
        var tenant = site.Record().GetProperty("tenant").GetProperty("id").GetString();
        var services = "keyring-instance2.json";
        var guide = "keyring.json-instance2";
        secrets[$"{services} redb-database-instance2:postgres-password"].Should().HaveLength(32);
        secrets
            .Should()
            .Contain(
                $"{guide} redb-instance2-database:postgres-password",
                secrets[$"{services} redb-database-instance2:postgres-password"]
            );
        secrets[$"{services} redb-security-instance2:tenant-private-key-{tenant}"]
            .Should()
            .StartWith("-----BEGIN RSA PRIVATE KEY-----")
            .And.Be(secrets[$"{guide} redb-instance2-security:tenant-private-key-{tenant}"]);
        secrets[$"{guide} redb-instance2-node:node-public-key"].Should().StartWith("-----BEGIN PUBLIC KEY-----");
        Convert
            .FromBase64String(secrets[$"keyring.json redb-security:tenant-jwt-secret-{tenant}"])
            .Should()
            .HaveCount(64);
    }

    private static async Task<string[]> EnvironmentOfAsync(NodeSite site, string service)
    {
        await using var ctl = Child.Start(
            Programs.Ctl,
            ["status", service, "-o", "json", "--data-dir", Path.Combine(site.Folder, "data")],
            site.Folder,
            ("REDBCTL_ANSWER_TIMEOUT", "30s")
        );
        (await ctl.EndAsync()).Should().Be(0);
        using var document = System.Text.Json.JsonDocument.Parse(string.Join('\n', ctl.Lines));
        var pid = document
            .RootElement.GetProperty("groups")[0]
            .GetProperty("services")[0]
            .GetProperty("pid")
            .GetInt32();
        return (await File.ReadAllTextAsync($"/proc/{pid}/environ", Cancellation)).Split('\0');
    }
}
