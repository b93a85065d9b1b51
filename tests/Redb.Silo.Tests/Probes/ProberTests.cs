using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Grpc.Health.V1;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Redb.Abstractions.Probes;
using Redb.Grains.Probes;
using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;
using Redb.Silo.Controllers;
using Redb.Silo.Probes;
using Redb.Silo.Processes;
using Redb.Silo.Tests.Controllers;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Probes;

public sealed class ProberTests : IDisposable
{
    private readonly ServiceConnections _connections = new();
    private readonly ExitWatcher _watcher = new(Options.Create(new ProcessOptions()), NullLogger<ExitWatcher>.Instance);

    private readonly Prober _prober;

    public ProberTests() => _prober = new(_connections, _watcher, TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HealthCheckResponse.Types.ServingStatus.Serving, true, "SERVING")]
    [InlineData(HealthCheckResponse.Types.ServingStatus.NotServing, false, "NOT_SERVING")]
    public async Task A_grpc_probe_passes_when_the_server_serves(
        HealthCheckResponse.Types.ServingStatus status,
        bool passed,
        string name
    )
    {
        await using var service = await ServiceStandIn.StartAsync(check: request =>
            new() { Status = request.Service is "db" ? status : HealthCheckResponse.Types.ServingStatus.Unknown }
        );

        var result = await AskAsync(new() { Kind = ProbeKind.Grpc, Service = "db" }, service.Port);

        result.Should().Be(new ProbeResult(passed, $"grpc {service.Endpoint} service db answered {name}"));
    }

    [Fact]
    public async Task A_grpc_probe_of_a_server_without_health_says_so()
    {
        await using var service = await ServiceStandIn.StartAsync();

        var result = await AskAsync(new() { Kind = ProbeKind.Grpc }, service.Port);

        result.Passed.Should().BeFalse();
        result.Reason.Should().StartWith($"grpc {service.Endpoint} answered Unimplemented");
    }

    [Theory]
    [InlineData(HealthStatus.Healthy, true)]
    [InlineData(HealthStatus.Degraded, true)]
    [InlineData(HealthStatus.Unhealthy, false)]
    [InlineData(HealthStatus.Starting, false)]
    [InlineData(HealthStatus.Unspecified, false)]
    public async Task A_controller_probe_passes_when_the_service_is_healthy_or_degraded(
        HealthStatus status,
        bool passed
    )
    {
        var answer = new GetHealthResponse { Status = status };
        answer.Checks.Add(
            new HealthCheck
            {
                Name = "database",
                Status = HealthStatus.Unhealthy,
                Message = "no answer",
            }
        );
        answer.Checks.Add(new HealthCheck { Name = "engine", Status = HealthStatus.Healthy });
        await using var service = await ServiceStandIn.StartAsync(health: () => Task.FromResult(answer));

        var result = await AskAsync(new() { Kind = ProbeKind.Controller }, service.Port);

        var name = $"HEALTH_STATUS_{status.ToString().ToUpperInvariant()}";
        result
            .Should()
            .Be(new ProbeResult(passed, $"controller {service.Endpoint} answered {name} (database: no answer)"));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(302, true)]
    [InlineData(404, false)]
    [InlineData(503, false)]
    public async Task An_http_probe_passes_from_200_to_399_and_follows_nothing(int status, bool passed)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var asked = AnswerAsync(
            server,
            $"HTTP/1.1 {status} X\r\nLocation: /elsewhere\r\nContent-Length: 999999999\r\n\r\n"
        );
        var port = PortOf(server);

        var result = await AskAsync(new() { Kind = ProbeKind.Http, Path = "/health?full=1" }, port);

        result.Should().Be(new ProbeResult(passed, $"GET http://127.0.0.1:{port}/health?full=1 answered {status}"));
        (await asked).Should().StartWith("GET /health?full=1 HTTP/1.1\r\n");
    }

    [Fact]
    public async Task A_tcp_probe_passes_when_the_connection_is_accepted()
    {
        using var server = new TcpListener(IPAddress.IPv6Loopback, 0);
        server.Start();
        var port = PortOf(server);

        var result = await AskAsync(new() { Kind = ProbeKind.Tcp }, port, "::1");

        result.Should().Be(new ProbeResult(true, $"tcp [::1]:{port} accepted the connection"));
    }

    [Theory]
    [InlineData(ProbeKind.Tcp, "tcp 127.0.0.1:{0} refused the connection")]
    [InlineData(ProbeKind.Http, "GET http://127.0.0.1:{0}/ refused the connection")]
    [InlineData(ProbeKind.Grpc, "grpc 127.0.0.1:{0} refused the connection")]
    [InlineData(ProbeKind.Controller, "controller 127.0.0.1:{0} refused the connection")]
    public async Task A_closed_port_is_named(ProbeKind kind, string reason)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = PortOf(server);
        server.Stop();

        var result = await AskAsync(new() { Kind = kind }, port);

        result.Should().Be(new ProbeResult(false, string.Format(reason, port)));
    }

    [Theory]
    [InlineData(ProbeKind.Tcp)]
    [InlineData(ProbeKind.Http)]
    [InlineData(ProbeKind.Grpc)]
    [InlineData(ProbeKind.Controller)]
    public async Task A_name_nobody_knows_is_an_answer_and_no_exception(ProbeKind kind)
    {
        var result = await AskAsync(
            new() { Kind = kind, Timeout = TimeSpan.FromSeconds(20) },
            1,
            "no-such-host.invalid"
        );

        result.Passed.Should().BeFalse();
        result.Reason.Should().Contain("no-such-host.invalid:1");
    }

    [Theory]
    [InlineData(ProbeKind.Http, "GET http://127.0.0.1:{0}/")]
    [InlineData(ProbeKind.Grpc, "grpc 127.0.0.1:{0}")]
    [InlineData(ProbeKind.Controller, "controller 127.0.0.1:{0}")]
    public async Task Silence_ends_with_the_time_out(ProbeKind kind, string asked)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = PortOf(server);

        var result = await AskAsync(new() { Kind = kind, Timeout = TimeSpan.FromMilliseconds(50) }, port);

        result.Should().Be(new ProbeResult(false, $"{string.Format(asked, port)} did not answer within 0.05 s"));
    }

    [Theory]
    [InlineData("exit 0", true, "exited with 0")]
    [InlineData("echo one; echo two >&2; exit 3", false, "exited with 3: two")]
    [InlineData("kill -9 $$", false, "was ended by signal 9")]
    [InlineData("yes | head -c 3000000 >&2 2>/dev/null; echo; exit 4", false, "exited with 4: y")]
    public async Task An_exec_probe_passes_on_exit_0(string script, bool passed, string reason)
    {
        var result = await AskAsync(new() { Kind = ProbeKind.Exec, Command = ["sh", "-c", script] }, 0);

        result.Should().Be(new ProbeResult(passed, $"exec sh -c {script} {reason}"));
    }

    [Fact]
    public async Task An_exec_probe_runs_where_and_with_what_the_service_runs()
    {
        var target = Target(
            new() { Kind = ProbeKind.Exec, Command = ["sh", "-c", "echo $PWD $REDB_TEST; exit 1"] },
            0
        ) with
        {
            WorkingDirectory = "/usr",
            Environment = ImmutableDictionary<string, string?>.Empty.Add("REDB_TEST", "set"),
        };

        (await _prober.ProbeAsync(target, Cancellation)).Reason.Should().EndWith(": /usr set");
    }

    [Fact]
    public async Task An_exec_probe_that_takes_too_long_is_killed_with_its_children()
    {
        var folder = Directory.CreateTempSubdirectory("redb-test-").FullName;
        var script = $"sleep 60 & echo $$ $! > {folder}/pids; wait";

        var result = await AskAsync(
            new()
            {
                Kind = ProbeKind.Exec,
                Command = ["sh", "-c", script],
                Timeout = TimeSpan.FromMilliseconds(500),
            },
            0
        );

        result.Passed.Should().BeFalse();
        result.Reason.Should().EndWith("did not answer within 0.5 s");
        foreach (var pid in (await File.ReadAllTextAsync($"{folder}/pids", Cancellation)).Split(' ').Select(int.Parse))
        {
            await Eventually.True(() => ProcessStatus.Read(pid) is null or { State: 'Z' }, Cancellation);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("no-such-program", "executable no-such-program was not found in PATH")]
    [InlineData("/no/such/program", "exec /no/such/program: executable /no/such/program does not exist.")]
    public async Task A_command_that_cannot_run_says_why(string command, string reason)
    {
        var result = await AskAsync(new() { Kind = ProbeKind.Exec, Command = [command] }, 0);

        result.Passed.Should().BeFalse();
        result.Reason.Should().StartWith(reason);
    }

    [Fact]
    public async Task The_end_of_the_asker_is_no_answer()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var end = new CancellationTokenSource();
        var target = Target(new() { Kind = ProbeKind.Http }, PortOf(server));

        async Task AskAndEndAsync()
        {
            var asking = _prober.ProbeAsync(target, end.Token);
            await end.CancelAsync();
            await asking;
        }

        await FluentActions.Awaiting(AskAndEndAsync).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_service_that_comes_back_on_its_port_is_asked_over_a_new_connection()
    {
        var answer = new GetHealthResponse { Status = HealthStatus.Healthy };
        await using var first = await ServiceStandIn.StartAsync(health: () => Task.FromResult(answer));
        var port = first.Port;
        var before = await AskAsync(new() { Kind = ProbeKind.Controller }, port);

        await first.DisposeAsync();
        var between = await AskAsync(new() { Kind = ProbeKind.Controller }, port);
        await using var second = await ServiceStandIn.StartAsync(health: () => Task.FromResult(answer), port: port);
        var after = await AskAsync(new() { Kind = ProbeKind.Controller }, port);

        before.Passed.Should().BeTrue();
        between.Passed.Should().BeFalse();
        after.Passed.Should().BeTrue();
    }

    public void Dispose()
    {
        _prober.Dispose();
        _watcher.Dispose();
        _connections.Dispose();
    }

    private static ProbeTarget Target(ProbeConfiguration probe, int port, string host = "127.0.0.1") =>
        new(probe, host, port, ImmutableDictionary<string, string?>.Empty, "");

    private static int PortOf(TcpListener server) => ((IPEndPoint)server.LocalEndpoint).Port;

    private static async Task<string> AnswerAsync(TcpListener server, string response)
    {
        using var socket = await server.AcceptSocketAsync(Cancellation);
        var request = new byte[4096];
        var length = await socket.ReceiveAsync(request, Cancellation);
        await socket.SendAsync(Encoding.ASCII.GetBytes(response), Cancellation);
        return Encoding.ASCII.GetString(request, 0, length);
    }

    private Task<ProbeResult> AskAsync(ProbeConfiguration probe, int port, string host = "127.0.0.1") =>
        _prober.ProbeAsync(Target(probe, port, host), Cancellation);
}
