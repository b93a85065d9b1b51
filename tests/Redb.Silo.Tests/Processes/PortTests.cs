using System.Net;
using System.Net.Sockets;
using Redb.Grains.Services;

namespace Redb.Silo.Tests.Processes;

public sealed class PortTests
{
    private const string Listener =
        "import socket,sys,os,time\n"
        + "s=socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\n"
        + "s.bind(('127.0.0.1', int(sys.argv[1]))); s.listen()\n"
        + "os.fork()\n"
        + "os.write(1, b'up=1\\n')\n"
        + "time.sleep(60)\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::")]
    public async Task A_taken_port_refuses_the_launch_and_names_the_holder(string address)
    {
        await using var site = new LaunchSite();
        using var holder = new TcpListener(IPAddress.Parse(address), 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var refusal = site.Refusal(site.Order("/bin/true") with { Ports = [port] });

        refusal.Should().StartWith($"port {port} is in use by pid {Environment.ProcessId} (");
        refusal.Should().Contain("Redb.Silo.Tests");
    }

    [Fact]
    public async Task A_number_that_is_no_port_is_refused()
    {
        await using var site = new LaunchSite();

        site.Refusal(site.Order("/bin/true") with { Ports = [65_536] })
            .Should()
            .Be("port 65536 is not between 1 and 65535");
    }

    [Fact]
    public async Task Free_ports_and_ports_of_outgoing_connections_refuse_nothing()
    {
        await using var site = new LaunchSite();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.LocalEndpoint, Cancellation);
        var port = ((IPEndPoint)client.Client.LocalEndPoint!).Port;

        var result = site.Launcher.Launch(site.Order("/bin/true") with { Ports = [port] }, site.Reports);

        result.Should().BeOfType<LaunchResult.Started>();
    }

    [Fact]
    public async Task A_killed_listener_can_be_launched_again_at_once_two_hundred_times()
    {
        await using var site = new LaunchSite();
        var port = FreePort();

        for (var i = 0; i < 200; i++)
        {
            // The listener forks, so that a second process holds its socket when the first is killed.
            site.Start(site.Order("/usr/bin/python3", "-S", "-c", Listener, $"{port}") with { Ports = [port] });
            await Eventually.True(() => CountListening(site) == 2, Cancellation);
            File.Delete(site.LogFile);
            site.Launcher.Signal(site.Service, site.LastRun, 9);

            (await site.ExitAsync()).Signal.Should().Be(9, "it was killed in round {0}: {1}", i, site.Log);
        }
    }

    [Fact]
    public async Task A_listener_whose_leader_alone_is_killed_can_be_launched_again_at_once()
    {
        await using var site = new LaunchSite();
        var port = FreePort();

        for (var i = 0; i < 50; i++)
        {
            var pid = site.Start(
                site.Order("/usr/bin/python3", "-S", "-c", Listener, $"{port}") with
                {
                    Ports = [port],
                }
            );
            await Eventually.True(() => CountListening(site) == 2, Cancellation);
            File.Delete(site.LogFile);
            _ = Redb.Silo.Processes.Libc.Kill(pid, 9);

            (await site.ExitAsync()).Signal.Should().Be(9);
        }
    }

    private static int CountListening(LaunchSite site) => site.Log.Split('\n').Count(line => line is "up=1");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
