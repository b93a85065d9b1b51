using Grpc.Core;
using Redb.Hosting.Service.Tests.Doubles;

namespace Redb.Hosting.Service.Tests.Supervision;

public sealed class SupervisorRestartTests
{
    [Fact]
    public async Task A_service_that_was_forgotten_registers_again_as_the_same_instance()
    {
        await using var before = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(before.Address);
        var first = await before.Registrations.NextAsync();
        await before.Heartbeats.NextAsync();

        await before.DisposeAsync();
        await using var after = await FakeSupervisor.StartAsync(before.Port);
        var second = await after.Registrations.NextAsync();
        var heartbeat = await after.Heartbeats.NextAsync(beat =>
            beat.ServiceId.Equals(after.ServiceId, StringComparison.Ordinal)
        );

        second.Service.InstanceId.Should().Be(first.Service.InstanceId);
        heartbeat.ServiceId.Should().NotBe(before.ServiceId);
    }

    [Fact]
    public async Task Its_log_stream_comes_back_with_it()
    {
        var road = new RoadWithOutages();
        await using var before = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(before.Address, o => StreamOver(road, o));
        await before.Logs.NextAsync();

        await before.DisposeAsync();
        await service.Console.SaysAsync("No log stream");
        await road.LosesHeartbeatAsync();
        await using var after = await FakeSupervisor.StartAsync(before.Port);

        (await after.Logs.NextAsync()).Message.Should().Be("Log stream opened.");
    }

    [Fact]
    public async Task A_supervisor_that_was_out_of_reach_and_still_knows_the_service_gets_its_log_stream_back()
    {
        var road = new RoadWithOutages();
        var end = new TaskCompletionSource();
        await using var supervisor = new FakeSupervisor { LogGate = end.Task };
        await supervisor.ListenAsync(0);
        await using var service = ServiceUnderTest.Start(supervisor.Address, o => StreamOver(road, o));
        await supervisor.Logs.NextAsync();

        road.Closed = true;
        end.SetException(new RpcException(new(StatusCode.Internal, "the stream broke")));
        await service.Console.SaysAsync("No log stream");
        await road.LosesHeartbeatAsync();
        supervisor.LogGate = Task.CompletedTask;
        road.Closed = false;

        (await supervisor.Logs.NextAsync()).Message.Should().Be("Log stream opened.");
        supervisor.Registrations.Waiting.Should().Be(1);
    }

    [Fact]
    public async Task A_heartbeat_answered_unknown_is_followed_by_a_registration()
    {
        var forget = true;
        await using var supervisor = new FakeSupervisor();
        supervisor.OnHeartbeat = _ =>
            Interlocked.Exchange(ref forget, false)
                ? throw new RpcException(new(StatusCode.NotFound, "service not found"))
                : new();
        await supervisor.ListenAsync(0);
        await using var service = ServiceUnderTest.Start(supervisor.Address);

        string[] calls =
        [
            await supervisor.Calls.NextAsync(),
            await supervisor.Calls.NextAsync(),
            await supervisor.Calls.NextAsync(),
            await supervisor.Calls.NextAsync(),
        ];

        calls.Should().Equal("RegisterService", "SendHeartbeat", "RegisterService", "SendHeartbeat");
    }

    [Fact]
    public async Task A_supervisor_that_trips_over_a_heartbeat_has_not_forgotten_the_service()
    {
        await using var supervisor = new FakeSupervisor
        {
            OnHeartbeat = _ => throw new RpcException(new(StatusCode.Unknown, "Exception was thrown by handler.")),
        };
        await supervisor.ListenAsync(0);
        await using var service = ServiceUnderTest.Start(supervisor.Address);

        await supervisor.Heartbeats.NextAsync();
        await supervisor.Heartbeats.NextAsync();
        await supervisor.Heartbeats.NextAsync();

        supervisor.Registrations.Waiting.Should().Be(1);
    }

    // Rests so long that only word of the supervisor's return can end it.
    private static void StreamOver(RoadWithOutages road, ReDbServiceOptions options)
    {
        options.StreamLogs = true;
        options.WrapSupervisorHandler = road.Around;
        options.Timings.LogStreamRest = TimeSpan.FromHours(1);
        options.Timings.HeartbeatTimeout = TimeSpan.FromSeconds(1);
    }
}
