using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Redb.Hosting.Service.Tests.Doubles;
using Redb.Protocol.Supervisor;
using HealthClient = Grpc.Health.V1.Health.HealthClient;

namespace Redb.Hosting.Service.Tests.Lifecycle;

public sealed class StopTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_stops_its_own_code_before_it_takes_leave()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            parts: s => s.OnStop(Note("opened first")).OnStop(Note("opened last"))
        );
        await service.Console.SaysAsync("Started.");

        var exitCode = await service.StopAsync();

        exitCode.Should().Be(0);
        string[] order =
        [
            await supervisor.Calls.NextAsync(IsOfStop),
            await supervisor.Calls.NextAsync(IsOfStop),
            await supervisor.Calls.NextAsync(IsOfStop),
        ];
        order.Should().Equal("opened last", "opened first", "UnregisterService");
        supervisor.Calls.Waiting.Should().Be(0, "the loops have ended");
        (await supervisor.Departures.NextAsync()).Reason.Should().Be("Graceful shutdown");

        Func<IServiceProvider, CancellationToken, Task> Note(string step) =>
            (_, _) =>
            {
                supervisor.Calls.Add(step);
                return Task.CompletedTask;
            };
        static bool IsOfStop(string call) => call is "opened first" or "opened last" or "UnregisterService";
    }

    [Fact]
    public async Task The_stop_call_is_answered_when_the_service_has_taken_leave()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(supervisor.Address);
        await supervisor.Heartbeats.NextAsync();

        var answer = await service.Controller.StopAsync(new(), cancellationToken: Cancellation);

        answer.Success.Should().BeTrue();
        answer.Message.Should().Be("Service stopped successfully");
        supervisor.Departures.Waiting.Should().Be(1);
        (await service.ExitCodeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_stop_call_while_stopping_is_answered_and_stops_nothing_twice()
    {
        var stopping = new Recorder<bool>();
        var mayStop = new Recorder<bool>();
        await using var service = ServiceUnderTest.Start("", parts: s => s.OnStop(StopAsync));
        await service.Console.SaysAsync("Started.");
        var first = service.Controller.StopAsync(new(), cancellationToken: Cancellation).ResponseAsync;
        await stopping.NextAsync();

        var impatient = new StopRequest { GracePeriod = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(1)) };
        var second = await service.Controller.StopAsync(impatient, cancellationToken: Cancellation);
        mayStop.Add(item: true);

        second.Message.Should().Be("Shutdown timeout exceeded");
        (await first).Success.Should().BeTrue();
        stopping.Waiting.Should().Be(0, "the hook ran once");

        Task StopAsync(IServiceProvider services, CancellationToken limit)
        {
            stopping.Add(item: true);
            return mayStop.NextAsync();
        }
    }

    [Fact]
    public async Task A_hook_that_outlasts_the_grace_period_is_left_behind()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            parts: s => s.OnStop((_, _) => Task.Delay(Timeout.Infinite, Cancellation))
        );
        await service.Console.SaysAsync("Started.");
        var request = new StopRequest { GracePeriod = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(50)) };

        var answer = await service.Controller.StopAsync(request, cancellationToken: Cancellation);

        answer.Success.Should().BeFalse();
        answer.Message.Should().Be("Shutdown timeout exceeded");
        (await service.ExitCodeAsync()).Should().Be(0);
        supervisor.Departures.Waiting.Should().Be(1);
    }

    [Fact]
    public async Task A_failing_hook_keeps_no_other_from_running()
    {
        var ran = new Recorder<string>();
        await using var service = ServiceUnderTest.Start(
            "",
            parts: s => s.OnStop(Remember).OnStop((_, _) => throw new InvalidOperationException("stuck"))
        );
        await service.Console.SaysAsync("Started.");

        var exitCode = await service.StopAsync();

        exitCode.Should().Be(0);
        (await ran.NextAsync()).Should().Be("ran");

        Task Remember(IServiceProvider services, CancellationToken limit)
        {
            ran.Add("ran");
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_health_watch_does_not_hold_up_the_stop()
    {
        await using var service = ServiceUnderTest.Start(
            "",
            o =>
            {
                o.Timings.ServerStopTimeout = TimeSpan.FromMilliseconds(50);
                o.Timings.StopGrace = TimeSpan.FromMilliseconds(10);
            }
        );
        await service.Console.SaysAsync("Started.");
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{service.Port}");
        var health = new HealthClient(channel);
        using var watch = health.Watch(new(), cancellationToken: Cancellation);
        (await watch.ResponseStream.MoveNext(Cancellation)).Should().BeTrue();

        var exitCode = await service.StopAsync();

        exitCode.Should().Be(0);
        await DrainAsync(watch.ResponseStream);
    }

    // However it ends, it ends.
    private static async Task DrainAsync<T>(IAsyncStreamReader<T> stream)
    {
        try
        {
            while (await stream.MoveNext(Cancellation)) { }
        }
        catch (RpcException)
        {
            // Cut off.
        }
    }
}
