using System.Globalization;
using System.Text.Json;
using Grpc.Net.Client;
using Redb.Hosting.Service.Tests.Doubles;
using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Tests.StandIn;

public sealed class StandInLifeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_registers_under_its_name()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var core = StandInProcess.Start("--role=core", "-port=0", $"--supervisor={supervisor.Address}");

        var request = await supervisor.Registrations.NextAsync();

        request.Service.Name.Should().Be("core");
        request.Service.Version.Should().Be("1.0.0");
        request.Service.Host.Should().Be("localhost");
        request.Capabilities.Dependencies.Should().Equal("supervisor", "database");
    }

    [Fact]
    public async Task The_file_name_is_the_default_role()
    {
        using var folder = new TemporaryFolder();
        var link = StandInProcess.LinkNamed(folder.Path, "redb-webhook");
        await using var webhook = StandInProcess.StartAs(link, "--port", "0", "--standalone");

        var line = await webhook.SaysAsync("serves on");

        line.Should().Contain("webhook serves on");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_it_with_exit_code_0_after_taking_leave(string signal)
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var anchor = StandInProcess.Start("--role=anchor", "-port=0", $"--supervisor={supervisor.Address}");
        await supervisor.Heartbeats.NextAsync();

        await anchor.SignalAsync(signal);

        (await anchor.ExitCodeAsync()).Should().Be(0);
        supervisor.Departures.Waiting.Should().Be(1);
    }

    [Fact]
    public async Task A_signal_before_it_is_up_stops_it_too()
    {
        await using var core = StandInProcess.Start("--role=core", "-port=0", "--standalone", "--ready-after=1m");
        await core.SaysAsync("serves on");

        await core.SignalAsync("TERM");

        (await core.ExitCodeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task The_mesh_ignores_signals_but_obeys_the_stop_call()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var mesh = StandInProcess.Start(
            "--role=mesh",
            "--grpc-bind=127.0.0.1:0",
            "--enable-grpc",
            "--listen=127.0.0.1:0",
            "--ping-interval=10s",
            "--config=config.yaml",
            $"--supervisor={supervisor.Address}"
        );
        var request = await supervisor.Registrations.NextAsync();
        await supervisor.Heartbeats.NextAsync();

        await mesh.SignalAsync("TERM");
        await mesh.SignalAsync("INT");
        await supervisor.Heartbeats.NextAsync();
        var alive = !mesh.HasExited;
        var answer = await StopAsync(request.Service);

        request.Service.Host.Should().Be("127.0.0.1");
        request.Service.Metadata["language"].Should().Be("rust");
        request.Capabilities.SupportsHotReload.Should().BeFalse();
        alive.Should().BeTrue();
        answer.Success.Should().BeTrue();
        (await mesh.ExitCodeAsync()).Should().Be(0);
        supervisor.Logs.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task The_mesh_opens_the_port_for_its_peers()
    {
        await using var mesh = StandInProcess.Start("--role=mesh", "--grpc-bind=127.0.0.1:0", "--listen=127.0.0.1:0");
        var port = StandInProcess.PortIn(await mesh.SaysAsync("Peers connect on"));

        using var peer = new System.Net.Sockets.TcpClient();
        await peer.ConnectAsync(System.Net.IPAddress.Loopback, port, Cancellation);

        peer.Connected.Should().BeTrue();
    }

    [Fact]
    public async Task Clientapi_answers_health_over_http()
    {
        using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        probe.Start();
        var port = ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        await using var clientapi = StandInProcess.StartWith(
            [("REST_API_PORT", port.ToString(CultureInfo.InvariantCulture)), ("EXTERNAL_PORT", "1")],
            "--role=clientapi",
            "-port=0",
            "--standalone"
        );
        await clientapi.SaysAsync("REST on port");
        using var http = new HttpClient();

        var body = await http.GetStringAsync($"http://127.0.0.1:{port}/health", Cancellation);

        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("status").GetString().Should().Be("healthy");
        json.RootElement.GetProperty("service").GetString().Should().Be("clientapi");
        json.RootElement.TryGetProperty("timestamp", out _).Should().BeTrue();
    }

    private static async Task<StopResponse> StopAsync(ServiceInfo service)
    {
        using var channel = GrpcChannel.ForAddress($"http://{service.Host}:{service.Port}");
        return await new ServiceControllerService.ServiceControllerServiceClient(channel).StopAsync(
            new(),
            cancellationToken: Cancellation
        );
    }
}
