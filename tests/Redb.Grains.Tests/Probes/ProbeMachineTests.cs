using Redb.Abstractions.Probes;
using Redb.Abstractions.Services;
using Redb.Grains.Probes;
using static Redb.Grains.Probes.ProbeEffect;
using static Redb.Grains.Services.ServiceInput;

namespace Redb.Grains.Tests.Probes;

public sealed class ProbeMachineTests
{
    private static readonly ProbeConfiguration None = new() { Kind = ProbeKind.None };

    [Theory]
    [InlineData(ProbeKind.Grpc)]
    [InlineData(ProbeKind.Controller)]
    [InlineData(ProbeKind.Http)]
    [InlineData(ProbeKind.Tcp)]
    [InlineData(ProbeKind.Exec)]
    public void A_probe_that_is_asked_starts_the_run_up_and_makes_it_ready(ProbeKind kind)
    {
        var run = new ProbeScript(Asked(kind)).Began();
        run.Attempts.Should().Equal(new Attempt(ProbeRole.Startup, TimeSpan.FromMilliseconds(10)));

        run.Passes(ProbeRole.Startup);

        run.Told.Should().Equal(new StartedUp(ProbeScript.Run), new BecameReady(ProbeScript.Run));
        run.Attempts.Should()
            .Equal(
                new Attempt(ProbeRole.Liveness, TimeSpan.FromSeconds(10)),
                new Attempt(ProbeRole.Readiness, TimeSpan.FromSeconds(10))
            );
    }

    [Fact]
    public void Without_probes_a_run_is_ready_as_soon_as_it_exists()
    {
        var run = new ProbeScript(
            new()
            {
                Startup = None,
                Readiness = None,
                Liveness = None,
            }
        ).Began();

        run.Told.Should().Equal(new StartedUp(ProbeScript.Run), new BecameReady(ProbeScript.Run));
        run.Effects.Should().OnlyContain(effect => effect is Tell);
    }

    [Fact]
    public void A_heartbeat_starts_a_service_up_and_only_its_port_makes_it_ready()
    {
        var run = new ProbeScript(new()).Began();
        run.Attempts.Should().BeEmpty();

        run.Hears(ServiceHealth.Healthy);
        run.Told.Should().Equal(new StartedUp(ProbeScript.Run));
        run.Attempts.Should().Equal(new Attempt(ProbeRole.Readiness, TimeSpan.Zero));
        run.Fails(ProbeRole.Readiness).Told.Should().HaveCount(1);

        run.Passes(ProbeRole.Readiness);

        run.Told.Should().EndWith(new BecameReady(ProbeScript.Run));
        run.Attempts.Should().BeEmpty("from now on the heartbeats are enough");
    }

    [Fact]
    public void A_heartbeat_that_says_degraded_starts_a_service_up_too() =>
        new ProbeScript(new())
            .Began()
            .Hears(ServiceHealth.Degraded)
            .Passes(ProbeRole.Readiness)
            .Told.Should()
            .Equal(new StartedUp(ProbeScript.Run), new BecameDegraded(ProbeScript.Run, "reports DEGRADED"));

    [Theory]
    [InlineData(ServiceHealth.Unknown)]
    [InlineData(ServiceHealth.Starting)]
    [InlineData(ServiceHealth.Stopping)]
    [InlineData(ServiceHealth.Unhealthy)]
    public void A_heartbeat_that_does_not_say_well_starts_nothing_up(ServiceHealth health) =>
        new ProbeScript(new()).Began().Hears(health).Told.Should().BeEmpty();

    [Fact]
    public void A_service_that_becomes_degraded_and_well_again_is_told_each_time()
    {
        var run = new ProbeScript(new()).Ready();

        run.Hears(ServiceHealth.Degraded).Hears(ServiceHealth.Degraded).Hears(ServiceHealth.Healthy);

        run.Told.Skip(2)
            .Should()
            .Equal(new BecameDegraded(ProbeScript.Run, "reports DEGRADED"), new BecameReady(ProbeScript.Run));
    }

    [Theory]
    [InlineData(ServiceHealth.Unhealthy, "reports UNHEALTHY")]
    [InlineData(ServiceHealth.Starting, "reports STARTING")]
    [InlineData(ServiceHealth.Stopping, "reports STOPPING")]
    [InlineData(ServiceHealth.Unknown, "reports no health")]
    public void A_service_that_says_it_is_not_well_is_not_ready_until_it_says_so(ServiceHealth health, string reason)
    {
        var run = new ProbeScript(new()).Ready();

        run.Hears(health).Hears(ServiceHealth.Healthy);

        run.Told.Skip(2).Should().Equal(new LostReadiness(ProbeScript.Run, reason), new BecameReady(ProbeScript.Run));
    }

    [Fact]
    public void The_startup_deadline_names_the_last_failure()
    {
        var run = new ProbeScript(Asked(ProbeKind.Tcp)).Began();
        run.Effects.Should().Contain(new ScheduleStartup(TimeSpan.FromSeconds(30)));

        run.Fails(ProbeRole.Startup, "tcp 127.0.0.1:50055 refused the connection").Play(new ProbeInput.StartupDue());

        run.Told.Should()
            .Equal(
                new ProbeFailed(
                    ProbeScript.Run,
                    "not started up within 30 s: tcp 127.0.0.1:50055 refused the connection"
                )
            );
    }

    [Fact]
    public void The_startup_deadline_of_a_silent_service_says_what_it_waited_for() =>
        new ProbeScript(new())
            .Began()
            .Play(new ProbeInput.StartupDue())
            .Told.Should()
            .Equal(
                new ProbeFailed(
                    ProbeScript.Run,
                    "not started up within 60 s: no registration with a healthy heartbeat came"
                )
            );

    [Fact]
    public void The_startup_deadline_means_nothing_to_a_run_that_has_started_up() =>
        new ProbeScript(new()).Ready().Play(new ProbeInput.StartupDue()).Effects.Should().BeEmpty();

    [Theory]
    [InlineData(0, 0.01)]
    [InlineData(0.02, 0.01)]
    [InlineData(2, 0.5)]
    [InlineData(20, 1)]
    public void Until_it_has_started_up_a_run_is_asked_after_a_quarter_of_its_age(double age, double expected)
    {
        var run = new ProbeScript(Asked(ProbeKind.Tcp, TimeSpan.FromSeconds(1))).Began();

        run.After(age).Fails(ProbeRole.Startup);

        run.Attempts.Should().Equal(new Attempt(ProbeRole.Startup, TimeSpan.FromSeconds(expected)));
    }

    [Fact]
    public void A_ready_run_is_asked_at_the_interval_and_lost_at_the_threshold()
    {
        var run = new ProbeScript(Asked(ProbeKind.Http)).Began().Passes(ProbeRole.Startup);

        run.Fails(ProbeRole.Readiness).Fails(ProbeRole.Readiness);
        run.Told.Should().HaveCount(2);
        run.Attempts.Should().Equal(new Attempt(ProbeRole.Readiness, TimeSpan.FromSeconds(10)));
        run.Fails(ProbeRole.Readiness, "http 500");

        run.Told.Should().EndWith(new LostReadiness(ProbeScript.Run, "http 500"));
        run.Passes(ProbeRole.Readiness).Told.Should().EndWith(new BecameReady(ProbeScript.Run));
    }

    [Fact]
    public void A_pass_between_two_failures_starts_the_count_again()
    {
        var run = new ProbeScript(Asked(ProbeKind.Tcp)).Began().Passes(ProbeRole.Startup);

        run.Fails(ProbeRole.Liveness).Fails(ProbeRole.Liveness).Passes(ProbeRole.Liveness);
        run.Fails(ProbeRole.Liveness).Fails(ProbeRole.Liveness);

        run.Told.Should().NotContain(news => news is ProbeFailed);
    }

    [Fact]
    public void Liveness_that_fails_as_often_as_the_threshold_says_ends_the_run()
    {
        var run = new ProbeScript(Asked(ProbeKind.Tcp)).Began().Passes(ProbeRole.Startup);

        run.Fails(ProbeRole.Liveness).Fails(ProbeRole.Liveness).Fails(ProbeRole.Liveness, "tcp timed out");

        run.Told.Should().EndWith(new ProbeFailed(ProbeScript.Run, "liveness probe failed 3 times: tcp timed out"));
        run.Attempts.Should().BeEmpty();
    }

    [Fact]
    public void A_service_that_stays_silent_is_given_up()
    {
        var run = new ProbeScript(new() { Liveness = new() { Timeout = TimeSpan.FromSeconds(30) } }).Ready();

        run.After(20).Hears(ServiceHealth.Healthy).After(10).Play(new ProbeInput.SilenceDue());
        run.Effects.Should().Equal(new ScheduleSilence(TimeSpan.FromSeconds(20)));
        run.After(20).Play(new ProbeInput.SilenceDue());

        run.Told.Should().EndWith(new ProbeFailed(ProbeScript.Run, "no heartbeat for 30 s, the limit is 30 s"));
    }

    [Fact]
    public void Nothing_follows_once_a_probe_has_failed_for_good()
    {
        var run = new ProbeScript(new()).Began().Play(new ProbeInput.StartupDue());

        run.Hears(ServiceHealth.Healthy).Effects.Should().BeEmpty();
        run.Passes(ProbeRole.Readiness).Effects.Should().BeEmpty();
        run.Play(new ProbeInput.StartupDue()).Effects.Should().BeEmpty();
        run.Play(new ProbeInput.SilenceDue()).Effects.Should().BeEmpty();
    }

    [Fact]
    public void A_notified_run_is_ready() =>
        new ProbeScript(Notifying(ProbeKind.Notify))
            .Began()
            .Play(new ProbeInput.Notified())
            .Told.Should()
            .Equal(new StartedUp(ProbeScript.Run), new BecameReady(ProbeScript.Run));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_notification_counts_whether_it_comes_before_or_after_the_startup_probe_has_passed(bool isEarly)
    {
        var run = new ProbeScript(Notifying(ProbeKind.Tcp)).Began();

        _ = isEarly
            ? run.Play(new ProbeInput.Notified()).Passes(ProbeRole.Startup)
            : run.Passes(ProbeRole.Startup).Play(new ProbeInput.Notified());

        run.Told.Should().Equal(new StartedUp(ProbeScript.Run), new BecameReady(ProbeScript.Run));
    }

    [Fact]
    public void A_second_result_of_a_startup_probe_that_has_passed_changes_nothing() =>
        new ProbeScript(Asked(ProbeKind.Tcp))
            .Began()
            .Passes(ProbeRole.Startup)
            .Fails(ProbeRole.Startup)
            .Effects.Should()
            .BeEmpty();

    private static ProbeSet Asked(ProbeKind kind, TimeSpan? interval = null)
    {
        var probe = new ProbeConfiguration { Kind = kind, Interval = interval ?? TimeSpan.FromSeconds(10) };
        return new()
        {
            Startup = probe,
            Readiness = probe,
            Liveness = probe,
        };
    }

    private static ProbeSet Notifying(ProbeKind startup) =>
        new()
        {
            Startup = new() { Kind = startup },
            Readiness = new() { Kind = ProbeKind.Notify },
            Liveness = None,
        };
}
