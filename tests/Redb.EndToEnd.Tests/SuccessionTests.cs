using Redb.TestKit;

namespace Redb.EndToEnd.Tests;

/// <summary>One supervisor after another, and what an operator sees of it.</summary>
public sealed class SuccessionTests
{
    private const string Plain = "probes: {readiness: {kind: none}}";

    [Fact]
    public async Task A_supervisor_that_is_restarted_in_place_keeps_its_services()
    {
        await using var group = await Supervised.ReadyAsync(Sleepers());
        var pids = (await group.PidOfAsync("first"), await group.PidOfAsync("second"));

        var (code, lines) = await group.CtlAsync("supervisor", "restart");

        code.Should().Be(0, string.Join('\n', lines));
        lines.Should().Contain(line => line.EndsWith("2 services kept their processes", StringComparison.Ordinal));
        (await group.PidOfAsync("first"), await group.PidOfAsync("second")).Should().Be(pids);
        Signals.IsRunning(group.Process.Pid).Should().BeTrue();
    }

    [Fact]
    public async Task Whoever_waits_goes_on_waiting_over_a_restart_in_place()
    {
        await using var group = await Supervised.ReadyAsync(Sleepers());
        await group.CtlAsync("stop", "second");

        var waiting = group.CtlAsync("wait", "second", "--timeout", "60s");
        var (restarted, story) = await group.CtlAsync("supervisor", "restart");
        restarted.Should().Be(0, string.Join('\n', story));
        await group.CtlAsync("start", "second");

        var (code, lines) = await waiting;
        code.Should().Be(0, string.Join('\n', lines));
    }

    [Fact]
    public async Task A_configuration_that_is_refused_is_not_restarted_into()
    {
        await using var group = await Supervised.ReadyAsync(Sleepers());
        await File.WriteAllTextAsync(
            Path.Combine(group.Folder, "config.yaml"),
            "no_such_section: {}\n",
            TestContext.Current.CancellationToken
        );

        var (code, lines) = await group.CtlAsync("supervisor", "restart");

        code.Should().Be(1);
        lines.Should().Contain(line => line.Contains("no_such_section", StringComparison.Ordinal));
        (await group.StatusOfAsync("first")).GetProperty("state").GetString().Should().Be("Ready");
    }

    [Fact]
    public async Task Services_outlive_a_supervisor_that_ends_alone_and_belong_to_the_next_one()
    {
        await using var group = await Supervised.ReadyAsync(Sleepers());
        var pid = await group.PidOfAsync("first");

        var (code, lines) = await group.CtlAsync("supervisor", "stop", "--leave-running");
        code.Should().Be(0, string.Join('\n', lines));
        Signals.IsRunning(pid).Should().BeTrue();

        await group.RelaunchAsync();
        await group.Process.LineAsync("took over 2 running services");
        (await group.PidOfAsync("first")).Should().Be(pid);
    }

    [Fact]
    public async Task What_died_while_no_supervisor_ran_is_told_once_and_started_again()
    {
        await using var group = await Supervised.ReadyAsync(Sleepers());
        var pid = await group.PidOfAsync("first");
        await group.KillAsync();
        Signals.Send(pid, "KILL");

        await group.RelaunchAsync();

        await group.Process.LineAsync($"of pid {pid} ended", "while no supervisor watched");
        await group.Process.LineAsync("gRPC on");
        await Until.TrueAsync(async () => await group.PidOfAsync("first") != pid, "the service has another process");
    }

    [Fact]
    public async Task What_is_not_configured_any_more_is_stopped_by_the_next_supervisor()
    {
        await using var group = await Supervised.ReadyAsync(Sleepers());
        var pid = await group.PidOfAsync("second");
        await group.KillAsync();
        var config = Path.Combine(group.Folder, "config.yaml");
        var text = await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            config,
            text[..text.IndexOf("  second:", StringComparison.Ordinal)],
            TestContext.Current.CancellationToken
        );

        await group.RelaunchAsync();

        await group.Process.LineAsync($"e2e/second run 1, pid {pid} is not in the configuration any more");
        await Until.TrueAsync(() => !Signals.IsRunning(pid), "the process is gone");
    }

    private static GroupFile Sleepers() =>
        new GroupFile()
            .Program("first", "/bin/sleep", "'1000'", Plain)
            .Program("second", "/bin/sleep", "'1000'", Plain);
}
