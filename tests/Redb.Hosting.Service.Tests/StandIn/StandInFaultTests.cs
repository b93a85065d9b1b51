using System.Globalization;
using Grpc.Net.Client;
using Redb.Hosting.Service.Tests.Doubles;
using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Tests.StandIn;

public sealed class StandInFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_exits_when_and_how_it_is_told()
    {
        await using var core = StandInProcess.Start(
            "--role=core",
            "-port=0",
            "--standalone",
            "--exit-after=100ms",
            "--exit-code=3"
        );

        (await core.ExitCodeAsync()).Should().Be(3);
    }

    [Fact]
    public async Task Its_faults_can_come_from_the_environment()
    {
        await using var core = StandInProcess.StartWith(
            [("STANDIN_EXIT_AFTER", "1ms"), ("STANDIN_EXIT_CODE", "4")],
            "--role=core",
            "-port=0",
            "--standalone"
        );

        (await core.ExitCodeAsync()).Should().Be(4);
    }

    [Fact]
    public async Task It_can_be_deaf_to_signals_and_to_the_stop_call()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var core = StandInProcess.Start(
            "--role=core",
            "-port=0",
            $"--supervisor={supervisor.Address}",
            "--ignore-signals",
            "--ignore-stop",
            "--heartbeat-every=50ms"
        );
        var service = (await supervisor.Registrations.NextAsync()).Service;
        await supervisor.Heartbeats.NextAsync();
        using var channel = GrpcChannel.ForAddress($"http://{service.Host}:{service.Port}");
        var controller = new ServiceControllerService.ServiceControllerServiceClient(channel);

        await core.SignalAsync("TERM");
        var answer = await controller.StopAsync(new(), cancellationToken: Cancellation);
        var heard = supervisor.Heartbeats.Waiting;
        for (var beat = 0; beat <= heard + 3; beat++)
        {
            await supervisor.Heartbeats.NextAsync();
        }

        answer.Success.Should().BeTrue();
        core.HasExited.Should().BeFalse();
    }

    [Fact]
    public async Task A_forked_child_outlives_it_until_the_group_is_killed()
    {
        await using var core = StandInProcess.Start("--role=core", "-port=0", "--standalone", "--fork-child");
        var line = await core.SaysAsync("Forked child ");
        var child = int.Parse(line.Split("Forked child ")[1].Split(',')[0], CultureInfo.InvariantCulture);
        await core.SaysAsync("Started.");

        await core.SignalGroupAsync("TERM");
        var exitCode = await core.ExitCodeAsync();
        var outlived = IsAlive(child);
        await core.SignalGroupAsync("KILL");

        exitCode.Should().Be(0);
        outlived.Should().BeTrue();
        await Until(() => !IsAlive(child));
    }

    [Theory]
    [InlineData("--unhealthy-after=1ms", HealthStatus.Unhealthy)]
    [InlineData("--degraded-after=1ms", HealthStatus.Degraded)]
    public async Task Its_health_can_turn(string fault, HealthStatus expected)
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var core = StandInProcess.Start(
            "--role=core",
            "-port=0",
            $"--supervisor={supervisor.Address}",
            fault,
            "--health-every=50ms",
            "--heartbeat-every=50ms"
        );

        var beat = await supervisor.Heartbeats.NextAsync(b => b.HealthStatus == expected);

        beat.Should().NotBeNull();
    }

    [Fact]
    public async Task A_service_that_fails_to_register_serves_all_the_same()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var core = StandInProcess.Start(
            "--role=core",
            "-port=0",
            $"--supervisor={supervisor.Address}",
            "--fail-register"
        );
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{await core.PortAsync()}");
        var controller = new ServiceControllerService.ServiceControllerServiceClient(channel);

        var health = await controller.GetHealthAsync(new(), cancellationToken: Cancellation);

        health.Status.Should().Be(HealthStatus.Healthy);
        supervisor.Calls.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task It_can_fall_silent_and_live_on()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var core = StandInProcess.Start(
            "--role=core",
            "-port=0",
            $"--supervisor={supervisor.Address}",
            "--silent-after=1s",
            "--heartbeat-every=100ms"
        );
        await supervisor.Heartbeats.NextAsync();

        var complaint = await supervisor.Logs.NextAsync(log => log.Level == LogLevel.Warn);

        complaint.Message.Should().Contain("no answer within");
        core.HasExited.Should().BeFalse();
    }

    [Fact]
    public async Task It_holds_memory()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var core = StandInProcess.Start(
            "--role=core",
            "-port=0",
            $"--supervisor={supervisor.Address}",
            "--memory-mb=300"
        );

        var beat = await supervisor.Heartbeats.NextAsync();

        beat.Metrics.MemoryUsageBytes.Should().BeGreaterThan(300 * 1024 * 1024);
    }

    [Fact]
    public async Task It_writes_numbered_lines_of_one_length()
    {
        await using var core = StandInProcess.Start(
            "--role=core",
            "-port=0",
            "--standalone",
            "--log-lines=3",
            "--log-line-bytes=20"
        );

        string[] lines = [await core.Lines.NextAsync(), await core.Lines.NextAsync(), await core.Lines.NextAsync()];

        lines.Should().Equal("line 1 ............", "line 2 ............", "line 3 ............");
    }

    [Theory]
    [InlineData("--role=core", "--bogus")]
    [InlineData("--role=core", "--port=many")]
    [InlineData("--role=core", "--ready-after=soon")]
    [InlineData("--role=mesh", "--enable-grpc")]
    public async Task Wrong_arguments_end_it_with_exit_code_2(params string[] arguments)
    {
        await using var standIn = StandInProcess.Start(arguments);

        (await standIn.ExitCodeAsync()).Should().Be(2);
    }

    // A dead child whose new parent has not collected it is a zombie, and as good as gone.
    private static bool IsAlive(int pid)
    {
        var status = $"/proc/{pid}/status";
        try
        {
            return File.Exists(status) && !File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
        }
    }
}
