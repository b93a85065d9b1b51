using Redb.Abstractions.Probes;

namespace Redb.Configuration.Tests.Keys;

public sealed class ProbesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Without_a_word_a_service_is_asked_by_heartbeat()
    {
        Read("")
            .Should()
            .BeEquivalentTo(
                new ProbeSet
                {
                    Startup = new()
                    {
                        Interval = Second,
                        Timeout = 30 * Second,
                        FailureThreshold = 60,
                    },
                    Readiness = new() { Interval = 10 * Second, Timeout = 30 * Second },
                    Liveness = new() { Interval = 10 * Second, Timeout = 30 * Second },
                }
            );
    }

    [Fact]
    public void The_supervisor_sets_intervals_and_silence()
    {
        var probes = Read("", "supervisor: {health_check_interval: 2s, heartbeat_timeout: 7s}\n");

        (probes.Readiness.Interval, probes.Readiness.Timeout).Should().Be((2 * Second, 7 * Second));
        (probes.Liveness.Interval, probes.Liveness.Timeout).Should().Be((2 * Second, 7 * Second));
        (probes.Startup.Interval, probes.Startup.Timeout).Should().Be((Second, 7 * Second));
    }

    [Fact]
    public void Startup_asks_what_readiness_asks()
    {
        var probes = Read(
            "readiness: {kind: http, port: 8080, path: /ready, timeout: 2s, interval: 5s, failure_threshold: 9, success_threshold: 2}"
        );

        probes
            .Startup.Should()
            .Be(probes.Readiness with { Interval = Second, FailureThreshold = 60, SuccessThreshold = 1 });
        probes.Liveness.Kind.Should().Be(ProbeKind.None);
    }

    [Fact]
    public void A_word_about_startup_leaves_the_rest_to_readiness()
    {
        var startup = Read(
            "startup: {failure_threshold: 600}, readiness: {kind: http, port: 8080, path: /ready}"
        ).Startup;

        (startup.Kind, startup.Port, startup.Path, startup.FailureThreshold, startup.Interval)
            .Should()
            .Be((ProbeKind.Http, 8080, "/ready", 600, Second));
    }

    [Fact]
    public void A_startup_of_another_kind_stands_alone()
    {
        var startup = Read(
            "startup: {kind: tcp}, readiness: {kind: http, port: 8080, path: /ready, timeout: 9s}"
        ).Startup;

        (startup.Kind, startup.Port, startup.Path, startup.Timeout).Should().Be((ProbeKind.Tcp, 0, "/", 3 * Second));
    }

    [Fact]
    public void Readiness_may_be_told_by_the_process()
    {
        var probes = Read("readiness: {kind: notify}");

        (probes.Startup.Kind, probes.Readiness.Kind, probes.Liveness.Kind)
            .Should()
            .Be((ProbeKind.Notify, ProbeKind.Notify, ProbeKind.None));
    }

    [Fact]
    public void A_zero_duration_of_the_supervisor_means_its_default()
    {
        var supervisor = Given
            .Good(
                Given.Minimum + "supervisor: {health_check_interval: 0, heartbeat_timeout: 0s, shutdown_timeout: 0h}\n"
            )
            .Supervisor;

        (supervisor.HealthCheckInterval, supervisor.HeartbeatTimeout, supervisor.ShutdownTimeout)
            .Should()
            .Be((10 * Second, 30 * Second, 60 * Second));
    }

    private static ProbeSet Read(string probes, string more = "") =>
        Given.Good(Given.Service($"args: [--port=50055], probes: {{{probes}}}") + more).Services[0].Probes;
}
