using Redb.Abstractions.Probes;
using Redb.Abstractions.Services;
using Redb.Grains.Probes;
using static Redb.Grains.Probes.ProbeEffect;
using static Redb.Grains.Services.ServiceInput;

namespace Redb.Grains.Tests.Probes;

/// <summary>Probes of a run that an earlier supervisor launched, and of a supervisor that stood still.</summary>
public sealed class ResumedProbeTests
{
    private static readonly ProbeSet Heartbeats = new() { Liveness = new() { Timeout = TimeSpan.FromSeconds(30) } };

    [Fact]
    public void A_run_that_was_ready_stays_so_without_being_asked_anything_first()
    {
        var run = new ProbeScript(Heartbeats).Play(new ProbeInput.Resumed(ServicePhase.Ready));

        run.Told.Should().BeEmpty();
        run.Attempts.Should().BeEmpty();
    }

    [Fact]
    public void A_run_that_may_still_be_reconnecting_has_time_for_its_first_heartbeat_and_only_for_that()
    {
        var run = new ProbeScript(Heartbeats).Play(new ProbeInput.Resumed(ServicePhase.Ready));
        run.Effects.Should().Equal(new ScheduleSilence(TimeSpan.FromSeconds(180)));

        run.After(100).Hears(ServiceHealth.Healthy);
        run.Effects.Should().Equal(new ScheduleSilence(TimeSpan.FromSeconds(30)));
        run.After(30).Play(new ProbeInput.SilenceDue());

        run.Told.Should().Equal(new ProbeFailed(ProbeScript.Run, "no heartbeat for 30 s, the limit is 30 s"));
    }

    [Fact]
    public void A_run_that_never_speaks_again_is_given_up_in_the_end()
    {
        var run = new ProbeScript(Heartbeats).Play(new ProbeInput.Resumed(ServicePhase.Ready));

        run.After(180).Play(new ProbeInput.SilenceDue());

        run.Told.Should().ContainSingle().Which.Should().BeOfType<ProbeFailed>();
    }

    [Fact]
    public void A_run_that_was_not_ready_is_asked_at_once()
    {
        var run = new ProbeScript(Heartbeats).Play(new ProbeInput.Resumed(ServicePhase.Running));

        run.Attempts.Should().Equal(new Attempt(ProbeRole.Readiness, TimeSpan.Zero));
    }

    [Fact]
    public void A_run_that_may_have_said_that_it_is_ready_while_nobody_listened_is_believed_in_the_end()
    {
        var notify = new ProbeConfiguration
        {
            Kind = ProbeKind.Notify,
            Interval = TimeSpan.FromSeconds(1),
            FailureThreshold = 60,
        };
        var probes = new ProbeSet
        {
            Startup = notify,
            Readiness = notify,
            Liveness = new() { Kind = ProbeKind.None },
        };

        new ProbeScript(probes)
            .Began()
            .After(60)
            .Play(new ProbeInput.StartupDue())
            .Told[0]
            .Should()
            .BeOfType<ProbeFailed>();
        var resumed = new ProbeScript(probes).Play(new ProbeInput.Resumed(ServicePhase.Starting));
        resumed.After(60).Play(new ProbeInput.StartupDue());

        resumed.Told.Should().Equal(new StartedUp(ProbeScript.Run), new BecameReady(ProbeScript.Run));
    }

    // What was said meanwhile waits in the sockets of a supervisor that was frozen.
    [Fact]
    public void A_supervisor_that_stood_still_listens_before_it_judges()
    {
        var run = new ProbeScript(Heartbeats).Ready();

        run.After(500).Play(new ProbeInput.SilenceDue());
        run.Told.Should().NotContain(input => input is ProbeFailed);
        run.Effects.Should().Equal(new ScheduleSilence(TimeSpan.FromSeconds(30)));

        run.After(30).Play(new ProbeInput.SilenceDue());
        run.Told.Should().Contain(input => input is ProbeFailed);
    }
}
