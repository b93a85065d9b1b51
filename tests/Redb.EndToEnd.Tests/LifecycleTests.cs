using Redb.TestKit;

namespace Redb.EndToEnd.Tests;

public sealed class LifecycleTests
{
    // A stand-in answers SERVING once its own start is through; its heartbeats come before (fault 8).
    private const string Asked = "probes: {readiness: {kind: grpc}}";

    // Fault 2 and 3: a dead service is seen, named with its pid and exit, and replaced.
    [Fact]
    public async Task A_killed_service_is_replaced_and_the_event_says_what_ended_it()
    {
        await using var group = await Supervised.ReadyAsync(new GroupFile().StandIn("security", 50051));
        var pid = await group.PidOfAsync("security");

        Signals.Send(pid, "KILL");
        await group.Process.LineAsync("security", $"pid {pid} ended", "SIGKILL");
        var (code, lines) = await group.CtlAsync("wait", "--for", "ready");

        code.Should().Be(0, string.Join('\n', lines));
        (await group.PidOfAsync("security")).Should().NotBe(pid);
        (await group.StatusOfAsync("security")).GetProperty("restarts").GetInt32().Should().Be(1);
    }

    // Fault 3 and 13: nothing is left behind, whenever the end comes.
    [Fact]
    public async Task A_signal_during_start_up_stops_what_was_started()
    {
        var file = new GroupFile()
            .StandIn("security", 50051, "STANDIN_READY_AFTER: 30s", Asked)
            .StandIn("anchor", 50057, "", "dependencies: [security]");
        await using var group = await Supervised.StartAsync(file);
        await group.Process.LineAsync("security", "Starting");
        var pid = await group.PidOfAsync("security");

        var code = await group.StopAsync();

        code.Should().Be(0);
        Signals.IsRunning(pid).Should().BeFalse();
        group
            .Process.Lines.Should()
            .NotContain(line => line.Contains("anchor: Pending -> Starting", StringComparison.Ordinal));
    }

    // Fault 4: the ladder reaches SIGKILL, for the children of a service too.
    [Fact]
    public async Task A_service_that_ignores_everything_is_killed_with_its_children()
    {
        var file = new GroupFile().StandIn(
            "security",
            50051,
            "STANDIN_IGNORE_SIGNALS: 'true', STANDIN_IGNORE_STOP: 'true', STANDIN_FORK_CHILD: 'true'",
            "stop: {grace: 300ms}"
        );
        await using var group = await Supervised.ReadyAsync(file);
        var pid = await group.PidOfAsync("security");
        var family = ProcessTree.SessionOf(pid);

        var (code, lines) = await group.CtlAsync("stop", "security");

        code.Should().Be(0, string.Join('\n', lines));
        family.Should().HaveCountGreaterThan(1).And.OnlyContain(member => !Signals.IsRunning(member));
    }

    // Fault 5: an early death is news at once, not after the time for starting up.
    [Fact]
    public async Task A_service_that_dies_while_starting_is_a_crash_loop_long_before_its_startup_time_is_over()
    {
        var file = new GroupFile().StandIn(
            "security",
            50051,
            "STANDIN_EXIT_AFTER: 1ms, STANDIN_EXIT_CODE: '3'",
            "restart: {max_failures: 1}",
            "probes: {startup: {failure_threshold: 3600}}"
        );

        await using var group = await Supervised.StartAsync(file);

        await group.Process.LineAsync("security", "CrashLoop", "2 failures in a row", "exit code 3");
        (await group.CtlAsync("wait", "--for", "ready")).ExitCode.Should().Be(3);
    }

    // Fault 6: one dead required service fails the group and stops nobody else.
    [Fact]
    public async Task A_failed_required_service_fails_the_group_while_the_others_come_up()
    {
        var file = new GroupFile()
            .Program("security", "/bin/false", "", "restart: {policy: never}")
            .StandIn("webhook", 50053)
            .StandIn("anchor", 50057, "", "dependencies: [security]");

        await using var group = await Supervised.StartAsync(file);
        await group.Process.LineAsync("group e2e", "Failed: security Failed");
        await group.Process.LineAsync("webhook", "-> Ready");

        (await group.StatusOfAsync("anchor")).GetProperty("reason").GetString().Should().Be("waits for security");
        (await group.CtlAsync("status", "--check")).ExitCode.Should().Be(3);
    }

    // Fault 7: who does not depend on each other starts at the same time.
    [Fact]
    public async Task Independent_services_start_side_by_side()
    {
        var file = new GroupFile()
            .StandIn("security", 50051, "STANDIN_READY_AFTER: 2s", Asked)
            .StandIn("webhook", 50053, "STANDIN_READY_AFTER: 2s", Asked);

        await using var group = await Supervised.ReadyAsync(file);

        var lines = group.Process.Lines.ToList();
        var lastStart = lines.FindLastIndex(line => line.EndsWith("-> Starting", StringComparison.Ordinal));
        var firstReady = lines.FindIndex(line => line.EndsWith("-> Ready", StringComparison.Ordinal));
        lastStart.Should().BeLessThan(firstReady);
    }

    // Fault 14: who is needed goes last.
    [Fact]
    public async Task Services_stop_in_reverse_order_of_dependency()
    {
        var file = new GroupFile()
            .StandIn("security", 50051)
            .StandIn("anchor", 50057, "", "dependencies: [security]")
            .StandIn("core", 50055, "", "dependencies: [anchor]");
        await using var group = await Supervised.ReadyAsync(file);

        var code = await group.StopAsync();

        code.Should().Be(0);
        var stopped = group.Process.Lines.Where(line => line.EndsWith("Stopping -> Stopped", StringComparison.Ordinal));
        stopped.Select(line => line.Split(' ')[1]).Should().Equal("core:", "anchor:", "security:", "e2e:");
    }

    // Fault 15 and 11: the time for a stop is bounded, and the bound is the configured one.
    [Fact]
    public async Task When_the_shutdown_time_is_over_everything_is_killed()
    {
        var file = new GroupFile()
            .Supervisor("shutdown_timeout: 500ms")
            .StandIn(
                "security",
                50051,
                "STANDIN_IGNORE_SIGNALS: 'true', STANDIN_IGNORE_STOP: 'true'",
                "stop: {grace: 10m}"
            );
        await using var group = await Supervised.ReadyAsync(file);
        var pid = await group.PidOfAsync("security");

        var code = await group.StopAsync();

        code.Should().Be(0);
        group
            .Process.Lines.Should()
            .Contain(line => line.Contains("not stopped within 0.5 s", StringComparison.Ordinal));
        Signals.IsRunning(pid).Should().BeFalse();
    }

    // Fault 16: the exit code tells how it ended.
    [Fact]
    public async Task A_second_signal_kills_at_once_and_shows_in_the_exit_code()
    {
        var file = new GroupFile().StandIn(
            "security",
            50051,
            "STANDIN_IGNORE_SIGNALS: 'true', STANDIN_IGNORE_STOP: 'true'",
            "stop: {grace: 10m}"
        );
        await using var group = await Supervised.ReadyAsync(file);
        var pid = await group.PidOfAsync("security");

        group.Process.Signal("INT");
        await group.Process.LineAsync("stopping");
        var code = await group.StopAsync("INT");

        code.Should().Be(130);
        Signals.IsRunning(pid).Should().BeFalse();
    }

    // Fault 2 and 11: silence is noticed within the configured time, and acted upon.
    [Fact]
    public async Task A_service_whose_heartbeats_stop_is_unhealthy_and_restarted()
    {
        var file = new GroupFile()
            .Supervisor("heartbeat_timeout: 6s")
            .StandIn("security", 50051, "STANDIN_SILENT_AFTER: 1s", "stop: {grace: 1s}");

        await using var group = await Supervised.ReadyAsync(file);

        await group.Process.LineAsync("security", "Ready -> Unhealthy", "no heartbeat for", "the limit is 6 s");
        await group.Process.LineAsync("security", "Unhealthy -> Starting");
    }

    // Fault 33: readiness is lost when it is lost.
    [Fact]
    public async Task A_group_that_was_ready_is_not_ready_any_more_when_a_service_is_stopped()
    {
        await using var group = await Supervised.ReadyAsync(
            new GroupFile().StandIn("security", 50051).StandIn("webhook", 50053)
        );

        await group.CtlAsync("stop", "webhook");

        await group.Process.LineAsync("group e2e Ready -> Degraded", "webhook");
        (await group.CtlAsync("status", "--check")).ExitCode.Should().Be(3);
    }

    [Fact]
    public async Task A_restart_gives_every_service_a_new_process_in_order()
    {
        var file = new GroupFile().StandIn("security", 50051).StandIn("anchor", 50057, "", "dependencies: [security]");
        await using var group = await Supervised.ReadyAsync(file);
        var before = (await group.PidOfAsync("security"), await group.PidOfAsync("anchor"));

        var (code, lines) = await group.CtlAsync("restart", "e2e");

        code.Should().Be(0, string.Join('\n', lines));
        (await group.PidOfAsync("security")).Should().NotBe(before.Item1);
        (await group.PidOfAsync("anchor")).Should().NotBe(before.Item2);
    }

    [Fact]
    public async Task A_second_supervisor_on_the_same_data_folder_is_refused_and_told_who_holds_it()
    {
        await using var group = await Supervised.ReadyAsync(
            new GroupFile().Program("sleeper", "/bin/sleep", "'1000'", "probes: {readiness: {kind: none}}")
        );

        await using var second = Child.Start(
            Programs.Supervisor,
            ["--config", "config.yaml", "--data-dir", "data"],
            group.Folder
        );

        (await second.EndAsync()).Should().Be(5);
        second.Lines.Should().Contain(line => line.Contains($"pid {group.Process.Pid}", StringComparison.Ordinal));
    }

    // Fault 21: a taken port is named with its holder instead of failing somewhere in a log.
    [Fact]
    public async Task A_taken_port_is_reported_with_pid_and_command_of_its_holder()
    {
        var file = new GroupFile().StandIn("security", 50051, "", "restart: {max_failures: 0}");
        using var stranger = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 50051 + file.Offset);
        stranger.Start();

        await using var group = await Supervised.StartAsync(file);

        await group.Process.LineAsync(
            "security",
            $"port {50051 + file.Offset} is in use by pid {Environment.ProcessId}"
        );
    }
}
