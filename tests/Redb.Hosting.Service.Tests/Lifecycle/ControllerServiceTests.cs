using Grpc.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Redb.Hosting.Service.Tests.Doubles;
using Redb.Protocol.Supervisor;
using HealthClient = Grpc.Health.V1.Health.HealthClient;
using HealthStatus = Redb.Protocol.Common.HealthStatus;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Redb.Hosting.Service.Tests.Lifecycle;

public sealed class ControllerServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_lists_every_check_with_what_it_said()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            parts: s =>
                s.AddHealthCheck("engine", _ => Task.FromResult(HealthCheckResult.Healthy()))
                    .AddHealthCheck("database", _ => throw new TimeoutException("no route"))
        );
        await supervisor.Heartbeats.NextAsync(beat => beat.HealthStatus == HealthStatus.Degraded);

        var health = await service.Controller.GetHealthAsync(new(), cancellationToken: Cancellation);

        health.Status.Should().Be(HealthStatus.Degraded);
        health.LastHealthy.Should().BeNull("no round of checks found the service healthy");
        health
            .Checks.Select(check => (check.Name, check.Status, check.Message))
            .Should()
            .BeEquivalentTo([("engine", HealthStatus.Healthy, ""), ("database", HealthStatus.Unhealthy, "no route")]);
        health.Checks.Should().OnlyContain(check => check.LastChecked != null);
    }

    [Theory]
    [InlineData("tax", false, false)]
    [InlineData("tax", true, true)]
    [InlineData("database.url", false, true)]
    public async Task Configure_says_whether_a_restart_is_needed(string key, bool asked, bool restarting)
    {
        await using var service = ServiceUnderTest.Start("");
        await service.Console.SaysAsync("Started.");
        var request = new ConfigureRequest
        {
            Config = new() { Config = { [key] = "1" } },
            RestartRequired = asked,
        };

        var answer = await service.Controller.ConfigureAsync(request, cancellationToken: Cancellation);

        answer.Success.Should().BeTrue();
        answer.Restarting.Should().Be(restarting);
        service.Configuration[key].Should().Be("1");
    }

    [Fact]
    public async Task Start_does_not_start_a_running_service_twice()
    {
        var starts = new Recorder<bool>();
        await using var service = ServiceUnderTest.Start("", parts: s => s.OnStart(StartAsync));
        await service.Console.SaysAsync("Started.");

        var answer = await service.Controller.StartAsync(new(), cancellationToken: Cancellation);

        answer.Success.Should().BeFalse();
        answer.Message.Should().Contain("already running");
        starts.Waiting.Should().Be(1);

        Task StartAsync(IServiceProvider services, CancellationToken stopping)
        {
            starts.Add(item: true);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Grpc_health_serves_only_after_the_start_hooks()
    {
        var mayStart = new TaskCompletionSource();
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            parts: s => s.OnStart((_, stopping) => mayStart.Task.WaitAsync(stopping))
        );
        await supervisor.Heartbeats.NextAsync(beat => beat.HealthStatus == HealthStatus.Healthy);
        var health = new HealthClient(service.Channel);
        using var watch = health.Watch(new() { Service = "billing" }, cancellationToken: Cancellation);

        await watch.ResponseStream.MoveNext(Cancellation);
        var before = watch.ResponseStream.Current.Status;
        mayStart.SetResult();
        await watch.ResponseStream.MoveNext(Cancellation);

        before.Should().Be(ServingStatus.NotServing);
        watch.ResponseStream.Current.Status.Should().Be(ServingStatus.Serving);
        (await health.CheckAsync(new(), cancellationToken: Cancellation)).Status.Should().Be(ServingStatus.Serving);
    }

    [Fact]
    public async Task Grpc_health_follows_the_health_checks()
    {
        var healthy = true;
        await using var service = ServiceUnderTest.Start(
            "",
            parts: s => s.AddHealthCheck("engine", _ => Task.FromResult(Result()))
        );
        await service.Console.SaysAsync("Started.");
        using var watch = new HealthClient(service.Channel).Watch(new(), cancellationToken: Cancellation);
        await watch.ResponseStream.MoveNext(Cancellation);
        var before = watch.ResponseStream.Current.Status;

        Volatile.Write(ref healthy, value: false);
        await watch.ResponseStream.MoveNext(Cancellation);

        before.Should().Be(ServingStatus.Serving);
        watch.ResponseStream.Current.Status.Should().Be(ServingStatus.NotServing);

        HealthCheckResult Result() =>
            Volatile.Read(ref healthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("broken");
    }

    [Fact]
    public async Task Grpc_health_knows_no_other_service()
    {
        await using var service = ServiceUnderTest.Start("");
        await service.Console.SaysAsync("Started.");
        var health = new HealthClient(service.Channel);

        var asking = async () =>
            await health.CheckAsync(new() { Service = "shipping" }, cancellationToken: Cancellation);

        (await asking.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.NotFound);
    }
}
