using System.Text.Json;
using Redb.Abstractions.Services;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Commands;

public sealed class ChangeCommandTests(FakeCluster cluster) : IDisposable
{
    private readonly Tool _tool = new(cluster);

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_start_waits_until_the_service_is_ready()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Stopped("core")));
        group.OnRequest = (_, service) => service with { Phase = ServicePhase.Starting, Run = 2 };

        var running = _tool.RunAsync("start", "core");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        running.IsCompleted.Should().BeFalse();
        group.ChangeService("core", service => service with { Phase = ServicePhase.Ready });
        var run = await running;

        run.Code.Should().Be(ExitCode.Done);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("core  Starting").And.Contain("core  Ready").And.Contain("core is Ready after");
        group.Requests.Should().Equal("Start core");
    }

    [Fact]
    public async Task A_service_that_already_is_as_wanted_is_a_success()
    {
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));

        var run = await _tool.RunAsync("start", "core");

        run.Code.Should().Be(ExitCode.Done);
    }

    [Fact]
    public async Task A_failing_start_says_why_and_what_to_look_at()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Stopped("core")));
        group.OnRequest = (_, service) =>
            service with
            {
                Phase = ServicePhase.CrashLoop,
                Reason = "died 6 times",
                LastExit = new RunExit(1, null, DateTimeOffset.UnixEpoch),
            };

        var run = await _tool.RunAsync("start", "core");

        run.Code.Should().Be(ExitCode.Failed);
        run.Error.Should()
            .EndWith(
                """
                error: core is CrashLoop
                cause: died 6 times; its last run ended with exit code 1
                next:  redbctl logs core

                """
            );
    }

    [Fact]
    public async Task One_of_two_services_that_fails_makes_the_start_partly_done()
    {
        var group = _tool.Supervise(
            new FakeGroup(_tool.Host, "default", Services.Stopped("core"), Services.Stopped("mesh"))
        );
        group.OnRequest = (_, service) =>
            service with
            {
                Phase = service.Name is "core" ? ServicePhase.Ready : ServicePhase.Failed,
            };

        var run = await _tool.RunAsync("start", "core", "mesh", "-o", "json");

        run.Code.Should().Be(ExitCode.PartlyDone);
        using var document = JsonDocument.Parse(run.Output);
        document.RootElement.GetProperty("exitCode").GetInt32().Should().Be(10);
        document.RootElement.GetProperty("failed")[0].GetProperty("name").GetString().Should().Be("mesh");
    }

    [Fact]
    public async Task A_group_without_a_required_service_has_failed_to_start()
    {
        var group = _tool.Supervise(
            new FakeGroup(_tool.Host, "default", Services.Stopped("core"), Services.Stopped("mesh"))
        );
        group.OnRequest = (_, service) =>
            service with
            {
                Phase = service.Name is "core" ? ServicePhase.Ready : ServicePhase.Failed,
            };

        var run = await _tool.RunAsync("start", "default");

        run.Code.Should().Be(ExitCode.Failed);
        group.Requests.Should().Equal("Start");
    }

    [Fact]
    public async Task A_service_that_takes_too_long_times_out_with_its_state()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Stopped("core")));
        group.OnRequest = (_, service) => service with { Phase = ServicePhase.Pending, Reason = "waits for mesh" };

        var run = await _tool.RunAsync("start", "core", "--timeout", "200ms");

        run.Code.Should().Be(ExitCode.TimedOut);
        run.Error.Should().Contain("core is not Ready after 0.2s").And.Contain("cause: waits for mesh");
    }

    [Fact]
    public async Task No_wait_returns_once_it_is_recorded()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Stopped("core")));
        group.OnRequest = (_, service) => service with { Phase = ServicePhase.Starting };

        var run = await _tool.RunAsync("start", "core", "--no-wait");

        run.Code.Should().Be(ExitCode.Done);
    }

    [Fact]
    public async Task A_stop_waits_until_the_process_has_ended()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));
        group.OnRequest = (_, service) => service with { Phase = ServicePhase.Stopping };

        var running = _tool.RunAsync("stop", "core");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        group.ChangeService("core", service => service with { Phase = ServicePhase.Stopped });
        var run = await running;

        run.Code.Should().Be(ExitCode.Done);
        run.Error.Should().Contain("core is Stopped after");
    }

    [Fact]
    public async Task A_restart_is_done_only_with_a_new_run()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));

        var running = _tool.RunAsync("restart", "core");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        running.IsCompleted.Should().BeFalse("the old run is still the one that is ready");
        group.ChangeService("core", service => service with { Run = 2 });
        var run = await running;

        run.Code.Should().Be(ExitCode.Done);
        group.Requests.Should().Equal("Restart core");
    }

    [Fact]
    public async Task Somebody_who_stops_it_meanwhile_is_a_conflict()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Stopped("core")));
        group.OnRequest = (_, service) => service with { Phase = ServicePhase.Starting };

        var running = _tool.RunAsync("start", "core");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        group.ChangeService("core", service => service with { Phase = ServicePhase.Stopping, Wanted = Wanted.Down });
        var run = await running;

        run.Code.Should().Be(ExitCode.Conflict);
        run.Error.Should().Contain("core was stopped by somebody else meanwhile");
    }

    [Fact]
    public async Task A_service_that_is_switched_off_cannot_be_started_by_name()
    {
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.In("core", ServicePhase.Disabled)));

        var run = await _tool.RunAsync("start", "core");

        run.Code.Should().Be(ExitCode.Conflict);
        run.Error.Should().Contain("switched off in the configuration");
    }

    [Fact]
    public async Task A_group_starts_without_what_is_switched_off()
    {
        _tool.Supervise(
            new FakeGroup(_tool.Host, "default", Services.Ready("core"), Services.In("web", ServicePhase.Disabled))
        );

        var run = await _tool.RunAsync("start", "default");

        run.Code.Should().Be(ExitCode.Done);
        run.Error.Should().NotContain("web is");
    }

    [Fact]
    public async Task Ctrl_C_ends_the_command_and_says_that_the_start_goes_on()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Stopped("core")));
        group.OnRequest = (_, service) => service with { Phase = ServicePhase.Starting };
        using var interrupted = new CancellationTokenSource();

        var running = _tool.RunAsync(interrupted.Token, "start", "core");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        await interrupted.CancelAsync();
        var run = await running;

        run.Code.Should().Be(ExitCode.Interrupted);
        run.Error.Should().Contain("the start of core goes on");
    }

    [Fact]
    public async Task A_supervisor_that_goes_away_while_it_is_waited_for_is_unavailable()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Stopped("core")));
        group.OnRequest = (_, service) => service with { Phase = ServicePhase.Starting };

        var running = _tool.RunAsync("start", "core");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        group.EndsStreams = true;
        group.Change(view => view);
        var run = await running;

        run.Code.Should().Be(ExitCode.Unavailable);
    }

    [Fact]
    public async Task Nothing_named_is_a_mistake_and_not_everything()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));

        var run = await _tool.RunAsync("stop");

        run.Code.Should().Be(ExitCode.Usage);
        group.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_name_is_answered_with_a_near_one()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("clientapi")));

        var run = await _tool.RunAsync("stop", "cleintapi");

        run.Code.Should().Be(ExitCode.NotFound);
        run.Error.Should().Contain("did you mean clientapi?");
        group.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_start_of_a_group_that_is_up_says_only_so()
    {
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core"), Services.Ready("mesh")));

        var run = await _tool.RunAsync("start", "default");

        run.Error.Should().MatchRegex(@"^core, mesh are Ready after \d+\.\ds\n$");
    }

    [Fact]
    public async Task Many_services_that_fail_are_one_error_of_three_lines()
    {
        var group = _tool.Supervise(
            new FakeGroup(
                _tool.Host,
                "default",
                [.. Enumerable.Range(1, 11).Select(number => Services.Stopped($"service{number}"))]
            )
        );
        group.OnRequest = (_, service) =>
            service.Name is "service1"
                ? service with
                {
                    Phase = ServicePhase.CrashLoop,
                    Reason = "died 6 times",
                }
                : service with
                {
                    Phase = ServicePhase.Failed,
                    Reason = "port is taken",
                };

        var run = await _tool.RunAsync("start", "service1", "service2", "service3", "--no-color");

        run.Error.Should()
            .EndWith(
                """
                error: service1 is CrashLoop; service2, service3 are Failed
                cause: service1: died 6 times; service2, service3: port is taken
                next:  redbctl logs service1 service2 service3

                """
            );
        run.Error.Split("error: ").Should().HaveCount(2);
    }
}
