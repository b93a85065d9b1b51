using Redb.EndToEnd.Tests.Kit;
using Redb.TestKit;
using Redb.TestKit.Postgres;

namespace Redb.EndToEnd.Tests;

/// <summary>What goes wrong while a node is initialized is told in three lines, and what is done is done.</summary>
public sealed class InitializationFaultTests : IAsyncLifetime
{
    private const string Right = "canary-Admin-2804";

    private PostgresServer _postgres = null!;

    public async ValueTask InitializeAsync() =>
        _postgres = await PostgresServer.StartAsync(new PostgresSettings { Password = Right });

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    // Fault 54: the variables are heeded, and nobody is asked.
    [Fact]
    public async Task A_wrong_password_is_told_with_the_ways_to_say_the_right_one()
    {
        await using var site = new NodeSite(postgres: _postgres);

        var child = site.Start(["--autoinitialize"], ("REDB_POSTGRES_PASSWORD", "wrong-Password-17"));

        (await child.EndAsync()).Should().Be(7);
        child
            .Lines.Should()
            .Contain(line =>
                line.StartsWith("next:", StringComparison.Ordinal)
                && line.Contains("REDB_POSTGRES_PASSWORD", StringComparison.Ordinal)
            );
        child.Lines.Should().NotContain(line => line.Contains("wrong-Password-17", StringComparison.Ordinal));
        child.Lines.Should().NotContain(line => line.StartsWith("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_administrator_without_rights_is_told_which_one_is_missing()
    {
        await DatabasePeek.QueryAsync(_postgres, "postgres", "CREATE ROLE weak LOGIN PASSWORD 'weak-1'");
        await using var site = new NodeSite(postgres: _postgres);

        var child = site.Start(
            ["--autoinitialize"],
            ("REDB_POSTGRES_USER", "weak"),
            ("REDB_POSTGRES_PASSWORD", "weak-1")
        );

        (await child.EndAsync()).Should().Be(7);
        child
            .Lines.Should()
            .Contain(line =>
                line.StartsWith("cause:", StringComparison.Ordinal)
                && line.Contains("permission denied to create role", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task A_server_that_goes_away_in_the_middle_is_told_and_the_next_run_goes_on()
    {
        await using var site = new NodeSite(postgres: _postgres);
        var child = site.Start("--autoinitialize");
        await child.LineAsync("[ 3/11] password     done");
        await _postgres.StopImmediatelyAsync();

        var code = await child.EndAsync();
        await _postgres.StartAgainAsync();

        code.Should().BeOneOf(1, 8);
        child.Lines.Should().Contain(line => line.StartsWith("error:", StringComparison.Ordinal));
        await site.RunToReadyAsync("--autoinitialize");
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_when_the_time_of_a_step_is_over()
    {
        await using var site = new NodeSite(postgres: _postgres);
        await File.AppendAllTextAsync(
            site.ConfigFile,
            "\ninitialization: {step_timeout: 3s}\n",
            TestContext.Current.CancellationToken
        );
        _postgres.Freeze();

        var child = site.Start("--autoinitialize");

        (await child.EndAsync()).Should().BeOneOf(8, 9);
        child.Lines.Should().Contain(line => line.StartsWith("next:", StringComparison.Ordinal));
        _postgres.Thaw();
    }

    [Fact]
    public async Task A_keyring_of_another_password_is_refused_and_left_alone()
    {
        await using var site = new NodeSite(postgres: _postgres);
        (await site.RunAsync("--initialize", "--yes")).ExitCode.Should().Be(0);
        var before = await site.PictureAsync();

        var child = site.Start(["--autoinitialize"], ("REDB_KEYRING_PASSWORD", "another-Master-55"));

        (await child.EndAsync()).Should().Be(7);
        child
            .Lines.Should()
            .Contain(line =>
                line.StartsWith("error:", StringComparison.Ordinal)
                && line.Contains("keyring", StringComparison.Ordinal)
            );
        (await site.PictureAsync()).Should().Be(before);
    }

    [Fact]
    public async Task A_full_disk_below_the_keyring_is_told_and_the_next_run_goes_on()
    {
        await using var site = new NodeSite(postgres: _postgres);
        Assert.SkipUnless(MountedFolder.IsAllowed, "only root mounts a disk");
        using var disk = MountedFolder.InMemory(Path.Combine(site.Folder, "keys"), megabytes: 1);
        disk.Fill();

        var (code, lines) = await site.RunAsync("--initialize", "--yes");

        code.Should().Be(1);
        lines.Should().Contain($"next:  free space (df {disk.Path}); what was kept before is unharmed");
        disk.Free();
        await site.RunToReadyAsync("--autoinitialize");
    }

    [Fact]
    public async Task A_keyring_that_somebody_else_holds_is_told_with_the_holder_and_the_next_run_goes_on()
    {
        await using var site = new NodeSite(postgres: _postgres);
        var text = await File.ReadAllTextAsync(site.ConfigFile, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            site.ConfigFile,
            text.Replace("backend: file,", "backend: file, lock_timeout: 200ms,", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
        var folder = Directory.CreateDirectory(Path.Combine(site.Folder, "keys")).FullName;
        await using (
            new FileStream($"{folder}/keyring.json.lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None)
        )
        {
            var (code, lines) = await site.RunAsync("--initialize", "--yes");

            code.Should().Be(9);
            lines
                .Should()
                .Contain(line => line.Contains($"process {Environment.ProcessId} (", StringComparison.Ordinal));
        }

        await site.RunToReadyAsync("--autoinitialize");
    }

    // Fault 52: the role of another node.
    [Fact]
    public async Task A_role_with_another_password_is_left_alone_unless_somebody_says_so()
    {
        await DatabasePeek.QueryAsync(_postgres, "postgres", "CREATE ROLE redb LOGIN PASSWORD 'of-another-node'");
        var before = await DatabasePeek.ReadAsync(_postgres, "redb");
        await using var site = new NodeSite(postgres: _postgres);

        var (code, lines) = await site.RunAsync("--autoinitialize");
        var after = await DatabasePeek.ReadAsync(_postgres, "redb");

        code.Should().Be(5);
        lines.Should().Contain(line => line.Contains("--replace-role-password", StringComparison.Ordinal));
        after.Should().Equal(before);
        await site.RunToReadyAsync("--autoinitialize", "--replace-role-password");
    }

    [Fact]
    public async Task A_second_initialization_of_the_same_node_waits_for_nobody_and_does_nothing()
    {
        await using var site = new NodeSite(postgres: _postgres);
        var first = site.Start("--autoinitialize");
        await first.LineAsync("[ 1/11]");

        var (code, lines) = await site.RunAsync("--initialize", "--yes");

        code.Should().Be(5);
        lines
            .Should()
            .Contain(line => line.Contains($"held by another supervisor, pid {first.Pid}", StringComparison.Ordinal));
        await first.LineAsync("group default Starting -> Ready");
    }
}
