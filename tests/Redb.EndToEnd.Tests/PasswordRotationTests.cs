using Npgsql;
using Redb.EndToEnd.Tests.Kit;
using Redb.TestKit;
using Redb.TestKit.Postgres;

namespace Redb.EndToEnd.Tests;

/// <summary><c>redbctl database rotate-password</c> as an operator has it; <c>Redb.Initialization.Tests</c> kills it at every moment.</summary>
public sealed class PasswordRotationTests
{
    private const string Entry = "keyring.json redb-database:postgres-password";

    [Fact]
    public async Task While_the_group_runs_the_password_changes_and_a_change_that_was_killed_is_gone_on_with()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var site = new NodeSite(postgres: postgres);
        var supervisor = site.Start("--autoinitialize");
        await supervisor.LineAsync("group default Starting -> Ready");
        var first = Password(site);

        var killed = Rotate(site);
        await killed.LineAsync("stands beside the old one");
        killed.Signal("KILL");
        await killed.EndAsync();
        await using var rotation = Rotate(site);

        (await rotation.EndAsync()).Should().Be(0);
        rotation
            .Lines.Should()
            .ContainSingle(line => line.EndsWith("redbctl restart default", StringComparison.Ordinal));
        Password(site).Should().NotBe(first);
        rotation.Lines.Should().NotContain(line => line.Contains(Password(site), StringComparison.Ordinal));
        (await OpensAsync(site, first)).Should().BeFalse();
        (await OpensAsync(site, Password(site))).Should().BeTrue();
        supervisor.Signal("TERM");
        await supervisor.EndAsync();
        await site.RunToReadyAsync();
    }

    private static Child Rotate(NodeSite site) =>
        Child.Start(
            Programs.Ctl,
            ["database", "rotate-password", "--config", "config.yaml", "--data-dir", "data"],
            site.Folder,
            [("HOME", site.Folder), ("REDB_KEYRING_PASSWORD", site.MasterPassword)]
        );

    private static string Password(NodeSite site) => KeyringPeek.ReadAll(site.Folder, site.MasterPassword)[Entry];

    private static async Task<bool> OpensAsync(NodeSite site, string password)
    {
        await using var connection = new NpgsqlConnection(
            $"Host={site.Postgres!.Host};Port={site.Postgres.Port};Username=redb;Password='{password}';Database=redb;Pooling=false"
        );
        try
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return true;
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            return false;
        }
    }
}
