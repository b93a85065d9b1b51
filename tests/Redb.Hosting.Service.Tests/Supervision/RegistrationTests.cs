using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Redb.Hosting.Service.Tests.Doubles;

namespace Redb.Hosting.Service.Tests.Supervision;

public sealed class RegistrationTests
{
    [Fact]
    public async Task A_service_says_who_it_is_and_where_it_listens()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            o =>
            {
                o.Version = "2.3.4";
                o.Metadata["zone"] = "b";
                o.Capabilities.Dependencies.Add("database");
                o.Capabilities.RequiredConfig["services.billing.currency"] = "ISO code";
            }
        );

        var request = await supervisor.Registrations.NextAsync();

        request.Service.Name.Should().Be("billing");
        request.Service.Version.Should().Be("2.3.4");
        Guid.TryParse(request.Service.InstanceId, out _).Should().BeTrue();
        request.Service.Host.Should().Be("localhost");
        request.Service.Port.Should().Be(service.Port);
        request.Service.Metadata["zone"].Should().Be("b");
        request.Capabilities.SupportsHotReload.Should().BeTrue();
        request.Capabilities.SupportsGracefulShutdown.Should().BeTrue();
        request.Capabilities.Dependencies.Should().Equal("supervisor", "database");
        request.Capabilities.RequiredConfig.Should().ContainKey("services.billing.currency");
    }

    [Fact]
    public async Task Its_start_time_is_in_the_metadata()
    {
        var clock = new ArmedTimeProvider();
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            o => o.Timings.UnregisterPause = TimeSpan.Zero,
            time: clock
        );

        var request = await supervisor.Registrations.NextAsync();

        var expected = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss+00:00", CultureInfo.InvariantCulture);
        request.Service.Metadata["start_time"].Should().Be(expected);
    }

    [Fact]
    public async Task It_waits_for_a_supervisor_that_is_not_there_yet()
    {
        var port = FreePort();
        await using var service = ServiceUnderTest.Start($"localhost:{port}");
        await service.Console.SaysAsync("Waiting for the supervisor");

        await using var supervisor = await FakeSupervisor.StartAsync(port);

        (await supervisor.Registrations.NextAsync()).Service.Name.Should().Be("billing");
    }

    [Fact]
    public async Task It_stops_in_order_while_it_waits_for_a_supervisor()
    {
        await using var service = ServiceUnderTest.Start($"localhost:{FreePort()}");
        await service.Console.SaysAsync("Waiting for the supervisor");

        var exitCode = await service.StopAsync();

        exitCode.Should().Be(0);
    }

    [Fact]
    public async Task A_bounded_number_of_attempts_ends_stand_alone()
    {
        await using var service = ServiceUnderTest.Start($"localhost:{FreePort()}", o => o.RegistrationAttempts = 2);

        await service.Console.SaysAsync("running stand-alone");
        await service.Console.SaysAsync("Started.");
    }

    [Fact]
    public async Task A_refused_service_runs_stand_alone()
    {
        await using var supervisor = new FakeSupervisor
        {
            OnRegister = _ => new() { Success = false, Message = "no room" },
        };
        await supervisor.ListenAsync(0);
        await using var service = ServiceUnderTest.Start(supervisor.Address);
        await service.Console.SaysAsync("no room");
        await service.Console.SaysAsync("Started.");

        var exitCode = await service.StopAsync();

        exitCode.Should().Be(0);
        (await supervisor.Calls.NextAsync()).Should().Be("RegisterService");
        supervisor.Calls.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task The_initial_configuration_is_there_when_the_start_hook_runs()
    {
        await using var supervisor = new FakeSupervisor
        {
            OnRegister = _ =>
                new()
                {
                    Success = true,
                    ServiceId = "s-1",
                    InitialConfig = new() { Config = { ["instance_group.port_offset"] = "1000" } },
                },
        };
        await supervisor.ListenAsync(0);
        var seen = new Recorder<string?>();
        ServiceUnderTest? service = null;
        service = ServiceUnderTest.Start(
            supervisor.Address,
            parts: s =>
                s.OnStart(
                    (_, _) =>
                    {
                        seen.Add(service!.Configuration["instance_group.port_offset"]);
                        return Task.CompletedTask;
                    }
                )
        );
        await using var owned = service;

        var offset = await seen.NextAsync();

        offset.Should().Be("1000");
    }

    [Fact]
    public async Task A_taken_port_ends_the_service_with_exit_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var service = ServiceUnderTest.Start("", o => o.Port = ((IPEndPoint)taken.LocalEndpoint).Port);

        var exitCode = await service.ExitCodeAsync();

        exitCode.Should().Be(1);
        (await service.Console.SaysAsync("AddressAlreadyInUse")).Should().Contain("Cannot listen");
        await service.Console.SaysAsync("AddressAlreadyInUse");
        await service.Console.SaysAsync("AddressAlreadyInUse");
    }

    [Fact]
    public async Task A_failing_start_hook_takes_leave_and_ends_with_exit_code_1()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            parts: s => s.OnStart((_, _) => throw new InvalidOperationException("no database"))
        );

        var exitCode = await service.ExitCodeAsync();

        exitCode.Should().Be(1);
        (await supervisor.Departures.NextAsync()).ServiceId.Should().Be(supervisor.ServiceId);
    }

    [Fact]
    public async Task A_failing_initialize_hook_never_registers()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(
            supervisor.Address,
            parts: s => s.OnInitialize((_, _) => throw new InvalidOperationException("no keyring"))
        );

        var exitCode = await service.ExitCodeAsync();

        exitCode.Should().Be(1);
        supervisor.Calls.Waiting.Should().Be(0);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
