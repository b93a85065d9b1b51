using Redb.Abstractions.Services;
using Redb.Grains.Services;
using static Redb.Grains.Services.ServiceEffect;
using static Redb.Grains.Services.ServiceInput;

namespace Redb.Grains.Tests.Services;

public sealed class EndedRunTests
{
    [Theory]
    [InlineData(RestartMode.Always, ServicePhase.Starting)]
    [InlineData(RestartMode.OnFailure, ServicePhase.Starting)]
    [InlineData(RestartMode.Never, ServicePhase.Failed)]
    public void A_run_ended_because_a_probe_failed_has_failed_even_if_it_leaves_with_code_zero(
        RestartMode mode,
        ServicePhase expected
    )
    {
        var service = new ServiceScript(new RestartPolicy { Mode = mode }).Ready();

        service.Play(new ProbeFailed(service.Run, "no heartbeat for 30 s")).Dies(0);

        service.Phase.Should().Be(expected);
        service.State.Wanted.Should().Be(Wanted.Up);
    }

    [Fact]
    public void A_second_stop_with_less_grace_hastens_the_first()
    {
        var service = new ServiceScript().Ready().Play(new StopRequested());

        service.Play(new StopRequested(TimeSpan.Zero));

        service.Effects.Should().Equal(new ScheduleRung(service.Run, StopRung.Signal, TimeSpan.Zero));
    }

    [Fact]
    public void A_second_stop_without_a_grace_of_its_own_changes_nothing()
    {
        var service = new ServiceScript().Ready().Play(new StopRequested());

        service.Play(new StopRequested());

        service.Effects.Should().BeEmpty();
    }

    [Fact]
    public void A_stop_with_its_own_grace_hastens_the_end_of_a_run_whose_probe_failed()
    {
        var service = new ServiceScript().Ready().Play(new ProbeFailed(new RunId(1), "no heartbeat for 30 s"));

        service.Play(new StopRequested(TimeSpan.FromSeconds(1)));

        service.Phase.Should().Be(ServicePhase.Stopping);
        service.Effects.Should().Equal(new ScheduleRung(service.Run, StopRung.Signal, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_run_that_was_held_back_keeps_the_failures_before_it()
    {
        var service = new ServiceScript().Ready().Dies().Play(new Launched(new RunId(2), 1));

        service.Play(new GateChanged(new Gate(false, "waits for core", StopsRun: true))).Dies(0);

        service.Phase.Should().Be(ServicePhase.Pending);
        service.State.Failures.Should().Be(1);
        service.State.Restarts.Should().Be(1);
    }

    [Fact]
    public void A_kill_while_the_ladder_is_on_a_polite_rung_goes_to_its_top()
    {
        var service = new ServiceScript().Ready().Play(new StopRequested());

        service.Play(new KillRequested());

        service.Effects.Should().Contain(new Signal(service.Run, 9));
    }
}
