using Microsoft.Extensions.Diagnostics.HealthChecks;
using Redb.Hosting.Service.Tests.Doubles;
using HealthStatus = Redb.Protocol.Common.HealthStatus;

namespace Redb.Hosting.Service.Tests.Supervision;

public sealed class HeartbeatTests
{
    [Fact]
    public async Task Heartbeats_come_at_once_and_then_every_five_seconds()
    {
        var clock = new ArmedTimeProvider();
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            o =>
            {
                o.Timings.HeartbeatInterval = new ReDbServiceTimings().HeartbeatInterval;
                o.Timings.UnregisterPause = TimeSpan.Zero;
            },
            time: clock
        );
        var start = clock.GetUtcNow();

        var first = await supervisor.Heartbeats.NextAsync();
        await clock.AdvanceWhenArmedAsync(TimeSpan.FromSeconds(5));
        var second = await supervisor.Heartbeats.NextAsync();
        await clock.AdvanceWhenArmedAsync(TimeSpan.FromSeconds(5));
        var third = await supervisor.Heartbeats.NextAsync();

        first.Timestamp.ToDateTimeOffset().Should().Be(start);
        second.Timestamp.ToDateTimeOffset().Should().Be(start.AddSeconds(5));
        third.Timestamp.ToDateTimeOffset().Should().Be(start.AddSeconds(10));
    }

    [Fact]
    public async Task One_heartbeat_more_follows_the_opening_of_the_log_stream()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            o =>
            {
                o.StreamLogs = true;
                o.Timings.HeartbeatInterval = TimeSpan.FromHours(1);
            }
        );

        await supervisor.Calls.NextAsync(call => call is "StreamLogs");

        await supervisor.Heartbeats.NextAsync();
        await supervisor.Heartbeats.NextAsync();
    }

    [Fact]
    public async Task A_heartbeat_names_the_service_and_measures_it()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            parts: s => s.AddMetric("open_orders", () => 42)
        );

        var heartbeat = await supervisor.Heartbeats.NextAsync();
        var later = await supervisor.Heartbeats.NextAsync();

        heartbeat.ServiceId.Should().Be(supervisor.ServiceId);
        heartbeat.HealthStatus.Should().Be(HealthStatus.Healthy);
        heartbeat.Metrics.MemoryUsageBytes.Should().BeGreaterThan(1024 * 1024);
        heartbeat.Metrics.CustomMetrics["open_orders"].Should().Be(42);
        later.Metrics.CpuUsagePercent.Should().BeInRange(0, 100.0 * Environment.ProcessorCount * 2);
    }

    [Theory]
    [InlineData(true, true, HealthStatus.Healthy)]
    [InlineData(true, false, HealthStatus.Degraded)]
    [InlineData(false, false, HealthStatus.Unhealthy)]
    public async Task Health_checks_decide_the_status(bool first, bool second, HealthStatus expected)
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            parts: s => s.AddHealthCheck("first", _ => Result(first)).AddHealthCheck("second", _ => Result(second))
        );

        var status = await supervisor.Heartbeats.NextAsync(beat => beat.HealthStatus == expected);

        status.Should().NotBeNull();
        static Task<HealthCheckResult> Result(bool healthy) =>
            Task.FromResult(healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("as told"));
    }

    [Fact]
    public async Task A_configuration_update_is_merged_and_announced()
    {
        await using var supervisor = new FakeSupervisor
        {
            OnHeartbeat = _ => new() { ConfigUpdate = new() { Config = { ["tax"] = "7" } } },
        };
        var changes = new Recorder<IReadOnlySet<string>>();
        var started = new TaskCompletionSource();
        await using var service = ServiceUnderTest.Start(
            await ListeningAsync(supervisor),
            parts: s => s.OnInitialize((_, stopping) => started.Task.WaitAsync(stopping))
        );
        service.Configuration.Changed += (_, change) => changes.Add(change.Keys);
        started.SetResult();

        var changed = await changes.NextAsync();
        await supervisor.Heartbeats.NextAsync();
        await supervisor.Heartbeats.NextAsync();

        changed.Should().Equal("tax");
        service.Configuration["tax"].Should().Be("7");
        changes.Waiting.Should().Be(0, "an update that changes nothing is no change");
    }

    [Fact]
    public async Task A_supervisor_that_does_not_answer_costs_three_seconds_and_no_registration()
    {
        var clock = new ArmedTimeProvider();
        var silent = new TaskCompletionSource();
        await using var supervisor = new FakeSupervisor { HeartbeatGate = silent.Task };
        await using var service = ServiceUnderTest.Start(
            await ListeningAsync(supervisor),
            o =>
            {
                o.Timings.UnregisterPause = TimeSpan.Zero;
            },
            time: clock
        );
        await supervisor.Heartbeats.NextAsync();

        await clock.AdvanceWhenArmedAsync(TimeSpan.FromSeconds(3));
        var said = await service.Console.SaysAsync("does not hear");

        silent.SetResult();
        said.Should().Contain("no answer within 00:00:03");
        supervisor.Registrations.Waiting.Should().Be(1);
    }

    private static async Task<string> ListeningAsync(FakeSupervisor supervisor)
    {
        await supervisor.ListenAsync(0);
        return supervisor.Address;
    }
}
