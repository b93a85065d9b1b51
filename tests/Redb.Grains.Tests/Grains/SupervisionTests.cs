using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Services;
using static Redb.Grains.Tests.Grains.GroupUnderTest;

namespace Redb.Grains.Tests.Grains;

public sealed class SupervisionTests
{
    [Fact]
    public async Task A_group_starts_in_order_and_becomes_ready()
    {
        await using var group = await CreateAsync([Plain("core", new DependencyConfiguration("mesh")), Plain("mesh")]);

        await group.Members.BeginAsync();

        (await group.Processes.NextLaunchAsync()).Name.Should().Be("mesh");
        (await group.Processes.NextLaunchAsync()).Name.Should().Be("core");
        var view = await group.SeesAsync(GroupPhase.Ready);
        view.Services.Should().OnlyContain(service => service.Run == 1 && service.Pid > 1000);
    }

    [Fact]
    public async Task An_exit_is_followed_by_a_launch_at_once_and_told_with_the_last_lines_of_the_log()
    {
        await using var group = await CreateAsync([Plain("core")]);
        await group.Members.BeginAsync();
        var first = await group.Processes.NextLaunchAsync();

        await first.ExitsAsync(3);

        (await group.Processes.NextLaunchAsync()).Run.Should().Be(new RunId(2));
        await group.SeesAsync(view => view.Services[0] is { Run: 2, Phase: ServicePhase.Ready });
        var exit = (await group.EventsAsync()).Single(item => item.Kind == EventKind.Exited);
        exit.Message.Should().Be($"run 1 of pid {first.Pid} ended: exit code 3");
        exit.Detail.Should().Be("out of\nluck");
        exit.Run.Should().Be(1);
    }

    [Fact]
    public async Task A_run_over_a_limit_that_is_only_watched_is_ended_and_replaced()
    {
        var core = Plain("core") with { Resources = new() { MaxMemoryMb = 64 } };
        await using var group = await CreateAsync([core], areObedient: true);
        await group.Members.BeginAsync();
        var first = await group.Processes.NextLaunchAsync();
        (await group.SeesAsync("core", ServicePhase.Ready)).Limits.Should().Be("memory 64 MB (fake)");

        await first.Reports.LimitExceededAsync(first.Run, "uses 80 MB, limit is 64 MB (sampled)");

        (await group.Processes.NextSignalAsync()).Run.Should().Be(first.Run);
        (await group.Processes.NextLaunchAsync()).Run.Should().Be(new RunId(2));
        (await group.EventsAsync())
            .Should()
            .Contain(item => item.Message.EndsWith("uses 80 MB, limit is 64 MB (sampled)"));
    }

    [Fact]
    public async Task A_second_exit_in_a_row_waits_for_the_back_off()
    {
        await using var group = await CreateAsync([Plain("core")]);
        await group.Members.BeginAsync();
        await (await group.Processes.NextLaunchAsync()).ExitsAsync(1);
        await (await group.Processes.NextLaunchAsync()).ExitsAsync(1);
        var waiting = await group.SeesAsync("core", ServicePhase.BackingOff);
        waiting.RestartDue.Should().Be(group.Time.GetUtcNow() + TimeSpan.FromSeconds(1));

        group.Time.Advance(TimeSpan.FromSeconds(0.9));
        await group.SettledAsync("core");
        group.Processes.HasMoreLaunches.Should().BeFalse();
        group.Time.Advance(TimeSpan.FromSeconds(0.2));

        (await group.Processes.NextLaunchAsync()).Run.Should().Be(new RunId(3));
    }

    [Fact]
    public async Task A_refused_launch_is_told_with_its_reason_and_ends_in_a_crash_loop()
    {
        var core = Plain("core");
        await using var group = await CreateAsync([core with { Restart = core.Restart with { MaxFailures = 0 } }]);
        group.Processes.Refusals["core"] = "port 50055 is in use";

        await group.Members.BeginAsync();

        (await group.SeesAsync("core", ServicePhase.CrashLoop)).Reason.Should().EndWith("port 50055 is in use");
        (await group.SeesAsync(GroupPhase.Failed)).Reason.Should().Be("core CrashLoop");
        (await group.EventsAsync())
            .Should()
            .Contain(item => item.Kind == EventKind.LaunchFailed && item.Message == "port 50055 is in use");
    }

    [Fact]
    public async Task A_service_that_never_registers_is_ended_at_the_startup_deadline_and_launched_again()
    {
        await using var group = await CreateAsync([Speaking("core")]);
        await group.Members.BeginAsync();
        var first = await group.Processes.NextLaunchAsync();
        await group.SettledAsync("core");

        group.Time.Advance(TimeSpan.FromSeconds(60));

        (await group.Processes.NextSignalAsync()).Number.Should().Be(15);
        (await group.SeesAsync("core", ServicePhase.Unhealthy)).Reason.Should().StartWith("not started up within 60 s");
        await first.ExitsAsync(0);
        (await group.Processes.NextLaunchAsync()).Run.Should().Be(new RunId(2));
    }

    [Fact]
    public async Task A_service_that_falls_silent_is_ended_and_launched_again()
    {
        await using var group = await CreateAsync([Speaking("core")]);
        await group.Members.BeginAsync();
        var first = await group.Processes.NextLaunchAsync();
        var id = await group.RegisterAsync("core");
        await group.BeatAsync("core", id);
        await group.SeesAsync("core", ServicePhase.Ready);

        group.Time.Advance(TimeSpan.FromSeconds(30));

        var sick = await group.SeesAsync("core", ServicePhase.Unhealthy);
        sick.Reason.Should().Be("no heartbeat for 30 s, the limit is 30 s");
        await first.ExitsAsync(0);
        (await group.Processes.NextLaunchAsync()).Run.Should().Be(new RunId(2));
        (await group.BeatAsync("core", id)).IsKnown.Should().BeFalse("its id ended with its process");
    }

    [Fact]
    public async Task A_stop_climbs_the_ladder_as_time_goes_by()
    {
        await using var group = await CreateAsync([Speaking("core")]);
        await group.Members.BeginAsync();
        var process = await group.Processes.NextLaunchAsync();
        await group.BeatAsync("core", await group.RegisterAsync("core"));
        await group.SeesAsync(GroupPhase.Ready);

        await group.Group.StopAsync([]);
        var asked = await group.Controller.NextAsync();
        asked.Endpoint.Should().Be("127.0.0.1:50055");
        await group.SettledAsync("core");
        group.Time.Advance(TimeSpan.FromSeconds(10));
        (await group.Processes.NextSignalAsync()).Number.Should().Be(15);
        await group.SettledAsync("core");
        group.Time.Advance(TimeSpan.FromSeconds(10));
        (await group.Processes.NextSignalAsync()).Number.Should().Be(9);
        await process.ExitsAsync(137);

        await group.SeesAsync(GroupPhase.Stopped);
    }

    [Fact]
    public async Task A_controller_that_refuses_is_followed_by_the_signal_without_a_wait()
    {
        await using var group = await CreateAsync([Speaking("core")]);
        await group.Members.BeginAsync();
        await group.Processes.NextLaunchAsync();
        await group.RegisterAsync("core");

        await group.Group.StopAsync(["core"]);
        var asked = await group.Controller.NextAsync();
        await asked.Reports.StopRefusedAsync(asked.Run, "nobody listens");

        (await group.Processes.NextSignalAsync()).Number.Should().Be(15);
    }

    [Fact]
    public async Task A_forced_stop_hastens_one_that_is_under_way()
    {
        await using var group = await CreateAsync([Plain("core")]);
        await group.Members.BeginAsync();
        await group.Processes.NextLaunchAsync();
        await group.Group.StopAsync(["core"]);
        (await group.Processes.NextSignalAsync()).Number.Should().Be(15);

        (await group.Members.StopServiceAsync("core", null, force: true)).Should().BeTrue();
        await group.SettledAsync("core");
        group.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await group.Processes.NextSignalAsync()).Number.Should().Be(9);
    }

    [Fact]
    public async Task A_group_stops_in_reverse_order()
    {
        await using var group = await CreateAsync(
            [Plain("core", new DependencyConfiguration("mesh")), Plain("mesh")],
            areObedient: true
        );
        await group.Members.BeginAsync();
        await group.SeesAsync(GroupPhase.Ready);

        await group.Group.StopAsync([]);

        (await group.Processes.NextSignalAsync()).Service.Should().Be("core");
        (await group.Processes.NextSignalAsync()).Service.Should().Be("mesh");
        (await group.SeesAsync(GroupPhase.Stopped)).Wanted.Should().Be(Wanted.Down);
    }

    [Fact]
    public async Task Two_restarts_at_once_launch_one_process()
    {
        await using var group = await CreateAsync([Plain("core")]);
        await group.Members.BeginAsync();
        var first = await group.Processes.NextLaunchAsync();

        await Task.WhenAll(group.Group.RestartAsync(["core"]), group.Group.RestartAsync(["core"]));
        await group.Processes.NextSignalAsync();
        await first.ExitsAsync(0);

        (await group.Processes.NextLaunchAsync()).Run.Should().Be(new RunId(2));
        await group.SeesAsync(GroupPhase.Ready);
        group.Processes.HasMoreLaunches.Should().BeFalse();
    }

    [Fact]
    public async Task A_kill_of_the_group_waits_for_no_grace_and_no_order()
    {
        await using var group = await CreateAsync([Plain("core", new DependencyConfiguration("mesh")), Plain("mesh")]);
        await group.Members.BeginAsync();
        await group.SeesAsync(GroupPhase.Ready);

        await group.Members.KillAsync();

        var signals = new[] { await group.Processes.NextSignalAsync(), await group.Processes.NextSignalAsync() };
        signals.Select(signal => (signal.Service, signal.Number)).Should().BeEquivalentTo([("mesh", 9), ("core", 9)]);
    }

    [Fact]
    public async Task Orders_that_overtake_each_other_are_obeyed_by_their_number()
    {
        await using var group = await CreateAsync([Plain("core")]);
        var core = group.Service("core");

        await core.ObeyAsync(new(2, Gate.Open, 2, Wanted.Down, null));
        await group.SettledAsync("core");
        await core.ObeyAsync(new(1, Gate.Open, 1, Wanted.Up, null));

        (await core.GetViewAsync()).Phase.Should().Be(ServicePhase.Stopped);
        group.Processes.HasMoreLaunches.Should().BeFalse();
    }

    [Fact]
    public async Task Five_hundred_services_start()
    {
        ImmutableArray<ServiceConfiguration> many =
        [
            .. Enumerable
                .Range(0, 500)
                .Select(i => i == 0 ? Plain("s0") : Plain($"s{i}", new DependencyConfiguration($"s{(i - 1) / 2}"))),
        ];
        await using var group = await CreateAsync(many);

        await group.Members.BeginAsync();

        var view = await group.SeesAsync(GroupPhase.Ready);
        view.Services.Should().HaveCount(500).And.OnlyContain(service => service.Run == 1);
    }
}
