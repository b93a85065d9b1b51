using Redb.Abstractions.Services;
using Redb.Grains.Services;
using static Redb.Grains.Services.ServiceEffect;
using static Redb.Grains.Services.ServiceInput;

namespace Redb.Grains.Tests.Services;

public sealed class ServiceMachineTests
{
    private static readonly Gate WaitsForMesh = new(false, "waits for mesh (Starting)", StopsRun: false);

    [Fact]
    public void A_start_request_launches_the_first_run()
    {
        var service = new ServiceScript().Play(new StartRequested());

        service.Phase.Should().Be(ServicePhase.Starting);
        service.Effects.Should().Equal(new Launch(new RunId(1)));
    }

    [Fact]
    public void Behind_a_closed_gate_a_start_waits_and_says_for_what()
    {
        var service = new ServiceScript().Gated(WaitsForMesh).Play(new StartRequested());

        service.Phase.Should().Be(ServicePhase.Pending);
        service.State.Reason.Should().Be("waits for mesh (Starting)");
        service.Effects.Should().BeEmpty();
    }

    [Fact]
    public void An_opening_gate_launches_what_waits()
    {
        var service = new ServiceScript().Gated(WaitsForMesh).Play(new StartRequested());

        service.Play(new GateChanged(Gate.Open));

        service.Effects.Should().Equal(new Launch(new RunId(1)));
    }

    [Fact]
    public void An_opening_gate_does_not_start_what_nobody_wants()
    {
        var service = new ServiceScript().Gated(WaitsForMesh).Play(new GateChanged(Gate.Open));

        service.Phase.Should().Be(ServicePhase.Stopped);
        service.Effects.Should().BeEmpty();
    }

    [Fact]
    public void The_first_failure_is_retried_at_once()
    {
        var service = new ServiceScript().Ready();

        service.Dies();

        service.Phase.Should().Be(ServicePhase.Starting);
        service.Effects.Should().Equal(new Forget(new RunId(1)), new Launch(new RunId(2)));
        service.State.Restarts.Should().Be(1);
    }

    [Fact]
    public void The_second_failure_in_a_row_waits_and_the_third_waits_longer()
    {
        var service = new ServiceScript().Ready().Dies();

        service.Dies();

        service.Phase.Should().Be(ServicePhase.BackingOff);
        service.Effects.Should().Contain(new ScheduleRestart(new RunId(2), TimeSpan.FromSeconds(1)));

        service.Play(new RestartDue(new RunId(2))).Dies();

        service.Effects.Should().Contain(new ScheduleRestart(new RunId(3), TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void A_stable_run_clears_the_failures()
    {
        var service = new ServiceScript().Ready().Dies().Dies();

        service.Play(new RestartDue(service.Run)).After(TimeSpan.FromSeconds(31)).Dies();

        service.State.Failures.Should().Be(1);
        service.Phase.Should().Be(ServicePhase.Starting);
    }

    [Fact]
    public void Failing_more_often_than_the_policy_allows_is_a_crash_loop_that_names_the_last_cause()
    {
        var service = new ServiceScript(new RestartPolicy { MaxFailures = 1 }).Ready().Dies();

        service.Dies(3);

        service.Phase.Should().Be(ServicePhase.CrashLoop);
        service.State.Reason.Should().Be("2 failures in a row, the last: exit code 3 after 0.0 s");
        service.Effects.Should().NotContain(effect => effect is Launch || effect is ScheduleRestart);
    }

    [Fact]
    public void A_start_request_leads_out_of_a_crash_loop_with_a_clean_slate()
    {
        var service = new ServiceScript(new RestartPolicy { MaxFailures = 0 }).Ready().Dies();

        service.Play(new StartRequested());

        service.Phase.Should().Be(ServicePhase.Starting);
        service.State.Failures.Should().Be(0);
    }

    [Fact]
    public void A_start_request_skips_the_rest_of_a_back_off()
    {
        var service = new ServiceScript().Ready().Dies().Dies();

        service.Play(new StartRequested());

        service.Effects.Should().Equal(new CancelRestart(), new Launch(new RunId(3)));
    }

    [Theory]
    [InlineData(RestartMode.OnFailure, 0, ServicePhase.Stopped)]
    [InlineData(RestartMode.OnFailure, 1, ServicePhase.Starting)]
    [InlineData(RestartMode.Never, 0, ServicePhase.Stopped)]
    [InlineData(RestartMode.Never, 1, ServicePhase.Failed)]
    [InlineData(RestartMode.Always, 0, ServicePhase.Starting)]
    public void The_policy_says_which_exits_are_followed_by_a_restart(RestartMode mode, int code, ServicePhase expected)
    {
        var service = new ServiceScript(new RestartPolicy { Mode = mode }).Ready();

        service.Dies(code);

        service.Phase.Should().Be(expected);
    }

    [Fact]
    public void A_refused_launch_counts_as_a_failure_and_keeps_its_reason()
    {
        var service = new ServiceScript(new RestartPolicy { MaxFailures = 0 }).Play(new StartRequested());

        service.Play(new LaunchRefused(service.Run, "port 50055 is in use by pid 8123 (redb-core)"));

        service.Phase.Should().Be(ServicePhase.CrashLoop);
        service.State.Reason.Should().EndWith("port 50055 is in use by pid 8123 (redb-core)");
    }

    [Fact]
    public void A_refused_launch_is_not_retried_at_once()
    {
        var service = new ServiceScript().Play(new StartRequested());

        service.Play(new LaunchRefused(service.Run, "port 50055 is in use by pid 8123 (redb-core)"));

        service.Phase.Should().Be(ServicePhase.BackingOff);
        service.Effects.Should().Contain(new ScheduleRestart(service.Run, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_refused_launch_fails_a_service_that_is_never_to_be_restarted()
    {
        var service = new ServiceScript(new RestartPolicy { Mode = RestartMode.Never }).Play(new StartRequested());

        service.Play(new LaunchRefused(service.Run, "there is no such file"));

        service.Phase.Should().Be(ServicePhase.Failed);
    }

    [Fact]
    public void A_registered_service_is_asked_to_stop_before_it_is_signalled()
    {
        var service = new ServiceScript().Ready().Play(new Registered(new RunId(1)));

        service.Play(new StopRequested());

        service.Phase.Should().Be(ServicePhase.Stopping);
        service.Effects.Should().Contain(new AskToStop(new RunId(1), TimeSpan.FromSeconds(10)));
        service.Effects.Should().NotContain(effect => effect is Signal);
    }

    [Fact]
    public void The_stop_ladder_ends_in_a_kill_that_is_repeated_until_the_process_is_gone()
    {
        var service = new ServiceScript().Ready().Play(new Registered(new RunId(1))).Play(new StopRequested());

        service.Play(new RungDue(service.Run, StopRung.Controller));
        service.Effects.Should().Contain(new Signal(service.Run, 15));
        service.Play(new RungDue(service.Run, StopRung.Signal));
        service.Effects.Should().Contain(new Signal(service.Run, 9));
        service.Play(new RungDue(service.Run, StopRung.Kill));
        service.Effects.Should().Contain(new Signal(service.Run, 9));
        service.Dies();

        service.Phase.Should().Be(ServicePhase.Stopped);
    }

    [Fact]
    public void A_controller_that_cannot_be_asked_gives_way_to_the_signal_at_once()
    {
        var service = new ServiceScript().Ready().Play(new Registered(new RunId(1))).Play(new StopRequested());

        service.Play(new StopRefused(service.Run, "nobody listens"));

        service.Effects.Should().Contain(new Signal(service.Run, 15));
    }

    [Fact]
    public void Stop_while_starting_stops_what_was_started()
    {
        var service = new ServiceScript().Started();

        service.Play(new StopRequested());

        service.Effects.Should().Contain(new Signal(service.Run, 15));
        service.Dies().Phase.Should().Be(ServicePhase.Stopped);
    }

    [Fact]
    public void Start_while_stopping_starts_again_after_the_exit()
    {
        var service = new ServiceScript().Ready().Play(new StopRequested());

        service.Play(new StartRequested()).Dies(0);

        service.Phase.Should().Be(ServicePhase.Starting);
        service.Run.Should().Be(new RunId(2));
    }

    [Fact]
    public void A_failed_liveness_probe_ends_the_run_and_goes_through_the_restart_policy()
    {
        var service = new ServiceScript().Ready().Play(new ProbeFailed(new RunId(1), "no heartbeat for 30 s"));

        service.Phase.Should().Be(ServicePhase.Unhealthy);
        service.Effects.Should().Contain(new Signal(new RunId(1), 15));

        service.Dies();

        service.Phase.Should().Be(ServicePhase.Starting);
        service.Run.Should().Be(new RunId(2));
    }

    [Fact]
    public void An_unhealthy_service_that_says_it_is_ready_while_it_is_being_ended_is_not_believed()
    {
        var service = new ServiceScript().Ready().Play(new ProbeFailed(new RunId(1), "no heartbeat for 30 s"));

        service.Play(new BecameReady(new RunId(1)));

        service.Phase.Should().Be(ServicePhase.Unhealthy);
    }

    [Fact]
    public void Lost_readiness_shows_and_restarts_nothing()
    {
        var service = new ServiceScript().Ready().Play(new LostReadiness(new RunId(1), "reports UNHEALTHY"));

        service.Phase.Should().Be(ServicePhase.Unhealthy);
        service.Effects.Should().BeEmpty();
        service.Play(new BecameReady(new RunId(1))).Phase.Should().Be(ServicePhase.Ready);
    }

    [Fact]
    public void A_gate_that_stops_the_run_starts_it_again_when_it_opens()
    {
        var service = new ServiceScript().Ready();

        service.Play(new GateChanged(new Gate(false, "waits for core (BackingOff)", StopsRun: true)));
        service.Phase.Should().Be(ServicePhase.Stopping);
        service.Dies(0);
        service.Phase.Should().Be(ServicePhase.Pending);
        service.Play(new GateChanged(Gate.Open));

        service.Phase.Should().Be(ServicePhase.Starting);
    }

    [Fact]
    public void News_of_an_earlier_run_changes_nothing()
    {
        var service = new ServiceScript().Ready().Dies();
        var before = service.State;

        service.Play(new Exited(new RunId(1), new RunExit(1, null, service.Now.Wall)));

        service.State.Should().Be(before);
        service.Effects.Should().BeEmpty();
    }

    [Fact]
    public void A_disabled_service_answers_nothing()
    {
        var step = ServiceMachine.Next(
            ServiceState.Disabled,
            new StartRequested(),
            new ServicePolicy(new(), new()),
            default,
            sample: 0
        );

        step.State.Phase.Should().Be(ServicePhase.Disabled);
        step.Effects.Should().BeEmpty();
    }

    [Fact]
    public void A_clock_that_jumps_does_not_make_a_short_run_a_stable_one()
    {
        var state = new ServiceScript().Ready().State;
        var jumped = new Moment(state.StartedAt.Wall.AddHours(3), state.StartedAt.Monotonic + TimeSpan.FromSeconds(1));

        var step = ServiceMachine.Next(
            state with
            {
                Failures = 1,
            },
            new Exited(state.Run, new RunExit(1, null, jumped.Wall)),
            new ServicePolicy(new(), new()),
            jumped,
            sample: 0
        );

        step.State.Failures.Should().Be(2);
    }
}
