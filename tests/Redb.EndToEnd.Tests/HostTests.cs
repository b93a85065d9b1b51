using Grpc.Core;
using Redb.EndToEnd.Tests.Kit;
using Redb.TestKit;

namespace Redb.EndToEnd.Tests;

/// <summary>The supervisor as a program of its host: how it starts, what it says, what it leaves.</summary>
public sealed class HostTests
{
    private const string Sleeping = "probes: {readiness: {kind: none}}";

    [Fact]
    public async Task Two_groups_live_in_one_supervisor_each_with_its_port_and_its_logs()
    {
        await using var groups = await TwoGroups.ReadyAsync();

        (await groups.ListAsync(0)).Should().ContainSingle().Which.Info.Name.Should().Be("printer");
        (await groups.ListAsync(1)).Should().ContainSingle().Which.Info.Name.Should().Be("printer");
        foreach (var group in new[] { "one", "two" })
        {
            var folder = Path.Combine(groups.Folder, "data", group);
            groups.Process.Lines.Should().Contain(line => line.EndsWith($"data in {folder}", StringComparison.Ordinal));
            var log = Path.Combine(folder, "logs", "printer.log");
            await Until.TrueAsync(
                () => File.Exists(log) && File.ReadAllText(log) == $"I am of {group}\n",
                $"{log} has the line of its own group alone"
            );
        }

        groups.Process.Signal("TERM");
        (await groups.Process.EndAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_wrong_command_line_ends_with_2()
    {
        await using var supervisor = Child.Start(Programs.Supervisor, ["--nope"], Path.GetTempPath());

        (await supervisor.EndAsync()).Should().Be(2);
        supervisor.Lines.Should().Contain(line => line.Contains("--nope", StringComparison.Ordinal));
    }

    // What the machine refuses is told in words, never as a stack trace.
    [Theory]
    [InlineData("bind_address: 192.0.2.1", "data", "supervisor.bind_address must be an address of this machine")]
    [InlineData("shutdown_timeout: 1s", "/proc/nowhere", "data folder /proc/nowhere cannot be used")]
    [InlineData("shutdown_timeout: 1s", "config.yaml", "cannot be used")]
    public async Task What_keeps_the_supervisor_from_starting_is_told_in_words(
        string setting,
        string data,
        string expected
    )
    {
        var folder = Directory.CreateTempSubdirectory("redb-e2e-");
        var file = new GroupFile().Supervisor(setting).Program("sleeper", "/bin/sleep", "'1000'", Sleeping);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "config.yaml"),
            file.ToString(),
            TestContext.Current.CancellationToken
        );

        await using var supervisor = Child.Start(
            Programs.Supervisor,
            ["--config", "config.yaml", "--data-dir", data],
            folder.FullName
        );

        (await supervisor.EndAsync()).Should().Be(1);
        supervisor.Lines.Should().Contain(line => line.Contains(expected, StringComparison.Ordinal));
        supervisor.Lines.Should().NotContain(line => line.StartsWith("   at ", StringComparison.Ordinal));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_working_directory_that_is_gone_is_told_in_words()
    {
        var folder = Directory.CreateTempSubdirectory("redb-e2e-");

        await using var supervisor = Child.Start(
            "/bin/sh",
            ["-c", $"rmdir {folder.FullName} && exec {Programs.Supervisor} --validate"],
            folder.FullName
        );

        (await supervisor.EndAsync()).Should().Be(1);
        supervisor.Lines.Should().Contain(line => line.StartsWith("the working directory", StringComparison.Ordinal));
        supervisor.Lines.Should().NotContain(line => line.StartsWith("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_taken_port_of_the_supervisor_is_named_with_its_holder()
    {
        await using var first = await Supervised.ReadyAsync(
            new GroupFile().Program("sleeper", "/bin/sleep", "'1000'", Sleeping)
        );

        await using var second = Child.Start(
            Programs.Supervisor,
            ["--config", "config.yaml", "--data-dir", "another"],
            first.Folder,
            // Of another cluster, so that it gets as far as the port.
            ("REDB_CLUSTER_DIRECTORY", "another-cluster")
        );

        (await second.EndAsync()).Should().Be(1);
        second
            .Lines.Should()
            .Contain(line =>
                line.Contains(
                    $"port {first.File.SupervisorPort} is in use by pid {first.Process.Pid}",
                    StringComparison.Ordinal
                )
            );
    }

    // Fault 10: the port of the file and of the command line are honoured.
    [Fact]
    public async Task The_port_of_the_command_line_wins()
    {
        var file = new GroupFile().Program("sleeper", "/bin/sleep", "'1000'", Sleeping);
        var folder = Directory.CreateTempSubdirectory("redb-e2e-");
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "config.yaml"),
            file.ToString(),
            TestContext.Current.CancellationToken
        );

        await using var supervisor = Child.Start(
            Programs.Supervisor,
            ["--config", "config.yaml", "--data-dir", "data", "--port", "50080"],
            folder.FullName
        );
        await supervisor.LineAsync($"gRPC on 127.0.0.1:{50_080 + file.Offset}");
        supervisor.Signal("TERM");

        (await supervisor.EndAsync()).Should().Be(0);
        folder.Delete(recursive: true);
    }

    // Services are no children in need of their parent: each has a session and a log of its own.
    [Fact]
    public async Task A_killed_supervisor_leaves_its_services_alive_and_logging()
    {
        var file = new GroupFile().Program(
            "ticker",
            "/bin/sh",
            "'-c', 'while sleep 0.1; do echo tick; done'",
            Sleeping
        );
        await using var group = await Supervised.ReadyAsync(file);
        var pid = await group.PidOfAsync("ticker");
        var family = ProcessTree.SessionOf(pid);
        var log = new FileInfo(Path.Combine(group.Folder, "data", "logs", "ticker.log"));
        try
        {
            group.Process.Signal("KILL");
            await group.Process.EndAsync();
            log.Refresh();
            var length = log.Length;

            await Until.TrueAsync(
                () =>
                {
                    log.Refresh();
                    return log.Length > length + 10;
                },
                "the service goes on logging"
            );
            Signals.IsRunning(pid).Should().BeTrue();
            family.Should().NotContain(group.Process.Pid);
        }
        finally
        {
            // Its shell would go on starting children for ever.
            Signals.Send(pid, "KILL");
        }
    }

    [Fact]
    public async Task The_supervisor_has_a_log_of_its_own()
    {
        await using var group = await Supervised.ReadyAsync(
            new GroupFile().Program("sleeper", "/bin/sleep", "'1000'", Sleeping)
        );

        await group.StopAsync();

        var lines = await File.ReadAllLinesAsync(
            Path.Combine(group.Folder, "data", "logs", "supervisor.log"),
            TestContext.Current.CancellationToken
        );
        lines
            .Should()
            .AllSatisfy(line =>
                line.Should().MatchRegex(@"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\] \[supervisor\] \[[A-Z]+\] ")
            );
        lines[0].Should().Contain("(open-source): group e2e").And.Contain("gRPC on");
        lines.Should().Contain(line => line.EndsWith("sleeper: Stopping -> Stopped", StringComparison.Ordinal));
    }

    // Fault 11: each level says more than the next.
    [Theory]
    [InlineData("debug", true, true)]
    [InlineData("info", false, true)]
    [InlineData("error", false, false)]
    public async Task The_level_decides_what_is_said(string level, bool saysDetails, bool saysNews)
    {
        var file = new GroupFile()
            .Level(level)
            .Program("sleeper", "/bin/sleep", "'1000'", Sleeping)
            .Program("broken", "/bin/false", "", Sleeping, "restart: {policy: never}");
        await using var group = await Supervised.StartAsync(file);

        await group.Process.LineAsync("error: ", "broken", "Failed");
        (await group.CtlAsync("wait", "sleeper", "--for", "ready")).ExitCode.Should().Be(0);
        await group.StopAsync();

        var lines = group.Process.Lines;
        // The machine's own account of a change ends with its reason, which may be none.
        lines
            .Any(line => line.EndsWith("sleeper: Stopping -> Stopped ", StringComparison.Ordinal))
            .Should()
            .Be(saysDetails);
        lines
            .Any(line => line.EndsWith("sleeper: Stopping -> Stopped", StringComparison.Ordinal))
            .Should()
            .Be(saysNews);
    }

    // Fault 26: what a service says of itself by its controller decides, not that its process is there.
    [Theory]
    [InlineData("controller")]
    [InlineData("grpc")]
    public async Task A_service_is_ready_when_its_own_start_is_through(string kind)
    {
        var file = new GroupFile().StandIn(
            "security",
            50051,
            "STANDIN_READY_AFTER: 1s, STANDIN_UNHEALTHY_AFTER: 3s",
            $"probes: {{readiness: {{kind: {kind}, interval: 100ms, failure_threshold: 1}}}}"
        );

        await using var group = await Supervised.ReadyAsync(file);

        var views = await group.StatusOfAsync("security");
        views.GetProperty("state").GetString().Should().BeOneOf("Ready", "Unhealthy", "Running", "Degraded");
        await group.Process.LineAsync("group e2e Ready -> Degraded", "security");
    }

    // A client that watches for ever must not keep the supervisor from ending.
    [Fact]
    public async Task Open_streams_do_not_hold_up_the_end()
    {
        await using var group = await Supervised.ReadyAsync(
            new GroupFile().Program("sleeper", "/bin/sleep", "'1000'", Sleeping)
        );
        var cancellation = TestContext.Current.CancellationToken;
        using var watch = group.Client.WatchServiceHealth(new(), cancellationToken: cancellation);
        (await watch.ResponseStream.MoveNext(cancellation)).Should().BeTrue();
        using var logs = group.Client.StreamLogs(cancellationToken: cancellation);
        await logs.RequestStream.WriteAsync(new() { Entry = new() { Message = "x" } }, cancellation);
        var health = new Grpc.Health.V1.Health.HealthClient(group.Channel);
        using var watched = health.Watch(new(), cancellationToken: cancellation);
        (await watched.ResponseStream.MoveNext(cancellation)).Should().BeTrue();

        var before = TimeProvider.System.GetTimestamp();
        (await group.StopAsync()).Should().Be(0);

        TimeProvider
            .System.GetElapsedTime(before)
            .Should()
            .BeLessThan(TimeSpan.FromSeconds(20), "the listeners would wait 30 s for a stream");
        var rest = async () =>
        {
            while (await watch.ResponseStream.MoveNext(cancellation)) { }
        };
        (await rest.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.Unavailable);
    }
}
