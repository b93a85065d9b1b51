using System.Text.Json;
using Redb.EndToEnd.Tests.Kit;
using Redb.TestKit;
using Redb.TestKit.Postgres;

namespace Redb.EndToEnd.Tests;

/// <summary>Initialization on a machine without PostgreSQL.</summary>
public sealed class EmbeddedNodeTests
{
    [Fact]
    public async Task Where_no_PostgreSQL_answers_a_file_takes_its_place_and_stays_there_when_one_answers_later()
    {
        await using var site = new NodeSite();
        var first = await site.RunToReadyAsync("--autoinitialize");
        var picture = await site.PictureAsync();
        var tenants = await TenantsAsync(site);
        await using var postgres = await PostgresServer.StartAsync();

        var second = site.Start(["--autoinitialize"], postgres.Variables);
        await second.LineAsync("group default Starting -> Ready");

        first
            .Lines.Should()
            .Contain(line =>
                line.StartsWith("[ 1/11] provider", StringComparison.Ordinal)
                && line.Contains("the embedded database", StringComparison.Ordinal)
            );
        site.Decision().GetProperty("provider").GetString().Should().Be("Embedded");
        (await site.PictureAsync()).Should().Be(picture);
        tenants
            .GetProperty("tenants")
            .EnumerateArray()
            .Should()
            .ContainSingle()
            .Which.GetProperty("url")
            .GetString()
            .Should()
            .Be("default");
        (await DatabasePeek.ReadAsync(postgres, site.Database)).Should().BeEmpty();
    }

    // Fault 43.
    [Fact]
    public async Task The_keyring_is_where_the_variable_says_for_everybody()
    {
        await using var site = new NodeSite();
        var elsewhere = Path.Combine(site.Folder, "elsewhere", "secrets.json");

        var supervisor = site.Start(["--autoinitialize"], ("REDB_KEYRING_PATH", elsewhere));
        await supervisor.LineAsync("group default Starting -> Ready");

        KeyringPeek.Read(elsewhere, site.MasterPassword).Should().ContainKey("redb-database:postgres-password");
        Directory.Exists(Path.Combine(site.Folder, "keys")).Should().BeFalse();
        var services = ProcessTree.LeadersIn(site.Folder);
        services.Should().HaveCount(2);
        foreach (var pid in services)
        {
            (await File.ReadAllTextAsync($"/proc/{pid}/environ", TestContext.Current.CancellationToken))
                .Split('\0')
                .Should()
                .Contain($"REDB_KEYRING_PATH={elsewhere}");
        }
    }

    private static async Task<JsonElement> TenantsAsync(NodeSite site)
    {
        await using var ctl = Child.Start(
            Programs.Ctl,
            ["tenants", "list", "--config", "config.yaml", "--data-dir", "data", "-o", "json"],
            site.Folder,
            ("HOME", site.Folder),
            ("REDB_KEYRING_PASSWORD", site.MasterPassword)
        );
        (await ctl.EndAsync()).Should().Be(0);
        using var document = JsonDocument.Parse(string.Join('\n', ctl.Lines));
        return document.RootElement.Clone();
    }
}
