using Grpc.Core;
using Grpc.Health.V1;
using Redb.EndToEnd.Tests.Kit;
using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;

namespace Redb.EndToEnd.Tests;

/// <summary>The wire as services and old clients see it, spoken by hand against a real supervisor.</summary>
public sealed class WireTests : OneSilentService
{
    [Fact]
    public async Task A_registration_is_answered_with_the_configuration_the_contract_asks_for()
    {
        var reply = await RegisterAsync("core");

        reply.Success.Should().BeTrue();
        reply.Message.Should().Be("Service registered successfully");
        reply.ServiceId.Should().NotBeEmpty();
        reply.InitialConfig.Config.Should().Contain("services.core.timeout", "30");
        reply.InitialConfig.Config.Should().Contain("instance_group.group_id", "e2e");
        reply.InitialConfig.Config.Should().Contain("instance_group.port_offset", $"{Group.File.Offset}");
        reply.InitialConfig.Environment.Should().Contain("SERVICE_NAME", "core");
    }

    // Fault 12.
    [Fact]
    public async Task Resource_limits_are_sent()
    {
        var limits = (await RegisterAsync("core")).InitialConfig.ResourceLimits;

        limits.MaxMemoryMb.Should().Be(512);
        limits.MaxCpuPercent.Should().Be(150);
    }

    // Fault 8: a heartbeat is not readiness; the port must answer.
    [Fact]
    public async Task A_service_whose_port_does_not_answer_is_not_ready_however_healthy_it_says_it_is()
    {
        var id = (await RegisterAsync("core")).ServiceId;

        await HeartbeatAsync(id);
        await Group.Process.LineAsync("core", "Starting -> Running");
        (await Group.StatusOfAsync("core")).GetProperty("state").GetString().Should().Be("Running");
        using var listener = new System.Net.Sockets.TcpListener(
            System.Net.IPAddress.Loopback,
            50055 + Group.File.Offset
        );
        listener.Start();

        await Group.Process.LineAsync("core", "Running -> Ready");
    }

    // Fault 20 and 29: nobody is dialled back, so nobody waits.
    [Fact]
    public async Task A_registration_with_an_address_that_answers_nobody_is_answered_at_once_and_dials_nobody()
    {
        using var trap = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        trap.Start();
        var port = ((System.Net.IPEndPoint)trap.LocalEndpoint).Port;

        var reply = await RegisterAsync("core", port: port);
        await HeartbeatAsync(reply.ServiceId);

        reply.Success.Should().BeTrue();
        trap.Pending().Should().BeFalse();
    }

    // Fault 19: a new instance takes over; the old one's id is worth nothing.
    [Fact]
    public async Task A_new_instance_replaces_the_old_one()
    {
        var old = await RegisterAsync("core", instance: "first");
        var young = await RegisterAsync("core", instance: "second");

        var late = async () => await HeartbeatAsync(old.ServiceId);

        (await late.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.NotFound);
        (await HeartbeatAsync(young.ServiceId)).Acknowledged.Should().BeTrue();
        var listed = await Client.ListServicesAsync(new() { NamePattern = "core" }, cancellationToken: Cancellation);
        listed.Services.Should().ContainSingle().Which.Info.InstanceId.Should().Be("second");
    }

    [Fact]
    public async Task The_same_instance_keeps_its_id()
    {
        var first = await RegisterAsync("core", instance: "same");

        var again = await RegisterAsync("core", instance: "same");

        again.ServiceId.Should().Be(first.ServiceId);
    }

    // Fault 1 and 31: a start carries its overrides, and a live service gets them with its next heartbeat.
    [Fact]
    public async Task Start_with_overrides_reaches_the_service_through_its_heartbeat()
    {
        var id = (await RegisterAsync("core")).ServiceId;
        (await HeartbeatAsync(id)).ConfigUpdate.Should().BeNull();

        var started = await Client.StartServiceAsync(
            new() { ServiceName = "core", ConfigOverrides = { ["services.core.timeout"] = "60" } },
            cancellationToken: Cancellation
        );
        var beat = await HeartbeatAsync(id);

        started.Success.Should().BeTrue();
        started.ServiceId.Should().Be(id);
        beat.ConfigUpdate.Config.Should().Contain("services.core.timeout", "60");
        beat.Commands.Should().ContainSingle(command => command.Type == ServiceCommand.Types.CommandType.ReloadConfig);
        (await HeartbeatAsync(id)).ConfigUpdate.Should().BeNull();
        (await RegisterAsync("core", instance: "next"))
            .InitialConfig.Config.Should()
            .Contain("services.core.timeout", "60");
    }

    // Fault 1: a stopped service starts by the wire.
    [Fact]
    public async Task A_service_is_stopped_and_started_by_the_wire()
    {
        var stopped = await Client.StopServiceAsync(new() { ServiceId = "core" }, cancellationToken: Cancellation);
        await Group.Process.LineAsync("core", "Stopping -> Stopped");
        var started = await Client.StartServiceAsync(new() { ServiceName = "core" }, cancellationToken: Cancellation);

        stopped.Success.Should().BeTrue();
        stopped.Message.Should().Be("Service stop initiated");
        started.Success.Should().BeTrue();
        await Group.Process.LineAsync("core", "Stopped -> Starting");
    }

    [Fact]
    public async Task What_does_not_exist_is_said_not_to_exist()
    {
        var status = async () =>
            await Client.GetServiceStatusAsync(new() { ServiceId = "nobody/1" }, cancellationToken: Cancellation);

        var failure = (await status.Should().ThrowAsync<RpcException>()).Which;

        failure.Status.Should().Be(new Grpc.Core.Status(StatusCode.NotFound, "service not found"));
        (await Client.StopServiceAsync(new() { ServiceId = "nobody/1" }, cancellationToken: Cancellation))
            .Message.Should()
            .Be("service not found");
        (await Client.StartServiceAsync(new() { ServiceName = "nobody" }, cancellationToken: Cancellation))
            .Message.Should()
            .Be("service not found");
        (await Client.UnregisterServiceAsync(new() { ServiceId = "nobody/1" }, cancellationToken: Cancellation))
            .Message.Should()
            .Be("service not found");
    }

    // Fault 32: configured services are listed, registered or not, and patterns are patterns.
    [Theory]
    [InlineData("", "core webhook")]
    [InlineData("*", "core webhook")]
    [InlineData("c*", "core")]
    [InlineData("?ebhook", "webhook")]
    [InlineData("cor", "")]
    public async Task Services_are_listed_by_pattern(string pattern, string expected)
    {
        var listed = await Client.ListServicesAsync(new() { NamePattern = pattern }, cancellationToken: Cancellation);

        string.Join(' ', listed.Services.Select(service => service.Info.Name)).Should().Be(expected);
    }

    [Fact]
    public async Task Services_are_listed_by_state()
    {
        var listed = await Client.ListServicesAsync(
            new() { StateFilter = ServiceState.Stopped },
            cancellationToken: Cancellation
        );

        listed.Services.Should().ContainSingle().Which.Info.Name.Should().Be("webhook");
    }

    // Fault 30: a snapshot first, then every change with its reason.
    [Fact]
    public async Task Watching_begins_with_how_things_are_and_gives_reasons()
    {
        using var watch = Client.WatchServiceHealth(new() { ServiceIds = { "core" } }, cancellationToken: Cancellation);

        (await watch.ResponseStream.MoveNext(Cancellation)).Should().BeTrue();
        var first = watch.ResponseStream.Current;
        await Client.StopServiceAsync(new() { ServiceId = "core" }, cancellationToken: Cancellation);
        var reasons = new List<string>();
        while (await watch.ResponseStream.MoveNext(Cancellation))
        {
            reasons.Add(watch.ResponseStream.Current.Reason);
            if (watch.ResponseStream.Current.NewStatus == HealthStatus.Unspecified)
            {
                break;
            }
        }

        first.NewStatus.Should().Be(HealthStatus.Starting);
        reasons[^1].Should().Be("Stopped");
    }

    // Fault 2: silence is not health.
    [Fact]
    public async Task A_program_that_is_not_configured_may_register_and_is_listed_with_its_health()
    {
        var id = (await RegisterAsync("visitor")).ServiceId;

        await HeartbeatAsync(id, HealthStatus.Degraded);
        var status = await Client.GetServiceStatusAsync(new() { ServiceId = id }, cancellationToken: Cancellation);

        status.Status.Health.Should().Be(HealthStatus.Degraded);
        status.Status.Metrics.MemoryUsageBytes.Should().Be(1234);
        (await Client.UnregisterServiceAsync(new() { ServiceId = id }, cancellationToken: Cancellation))
            .Success.Should()
            .BeTrue();
    }

    // Fault 30: coming and going is told too.
    [Fact]
    public async Task Who_watches_sees_a_guest_come_and_go()
    {
        using var watch = Client.WatchServiceHealth(new(), cancellationToken: Cancellation);
        var id = (await RegisterAsync("visitor")).ServiceId;
        await NextOfAsync(watch, id, HealthStatus.Starting);

        await Client.UnregisterServiceAsync(new() { ServiceId = id }, cancellationToken: Cancellation);

        var gone = await NextOfAsync(watch, id, HealthStatus.Unspecified);
        gone.OldStatus.Should().Be(HealthStatus.Starting);
        gone.Reason.Should().StartWith("gone");
    }

    [Fact]
    public async Task The_health_service_answers_for_the_supervisor_and_for_the_group()
    {
        var health = new Health.HealthClient(Group.Channel);

        var supervisor = await health.CheckAsync(new(), cancellationToken: Cancellation);
        using var group = health.Watch(new() { Service = "e2e" }, cancellationToken: Cancellation);
        (await group.ResponseStream.MoveNext(Cancellation)).Should().BeTrue();

        supervisor.Status.Should().Be(HealthCheckResponse.Types.ServingStatus.Serving);
        group.ResponseStream.Current.Status.Should().NotBe(HealthCheckResponse.Types.ServingStatus.Serving);
    }

    private static async Task<ServiceHealthUpdate> NextOfAsync(
        AsyncServerStreamingCall<ServiceHealthUpdate> watch,
        string id,
        HealthStatus health
    )
    {
        while (await watch.ResponseStream.MoveNext(Cancellation))
        {
            var update = watch.ResponseStream.Current;
            if (update.ServiceId == id && update.NewStatus == health)
            {
                return update;
            }
        }

        throw new InvalidOperationException($"The watch ended before {id} was {health}.");
    }
}
