using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text;
using Redb.Abstractions.Instances;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

public sealed class NotifyTests : IDisposable
{
    private const string SayReady =
        "import socket,os,time\n"
        + "s=socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.connect(os.environ['NOTIFY_SOCKET'])\n"
        + "s.send(b'STATUS=warming up'); s.send(b'READY=0'); s.send(b'MAINPID=1\\nREADY=1\\n')\n"
        + "time.sleep(60)\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("redb-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_says_it_is_ready_is_told_as_ready()
    {
        await using var site = new LaunchSite();

        site.Start(site.Order("/usr/bin/python3", "-S", "-c", SayReady) with { Notify = true });

        (await site.Reports.Ready.ReadAsync(Cancellation)).Should().Be(site.LastRun);
    }

    [Fact]
    public async Task An_adopted_run_is_heard_on_the_socket_it_was_given()
    {
        await using var site = new LaunchSite();
        var path = Path.Combine(_folder, "given.sock");
        await File.WriteAllTextAsync(path, "left by the earlier supervisor", Cancellation);
        var order = site.Order("/bin/sleep", "60") with
        {
            Notify = true,
            Environment = ImmutableDictionary<string, string?>.Empty.Add(ChildEnvironment.NotifySocket, path),
        };
        var identity = await site.Earlier.LaunchAsync(order);
        site.Adopt<AdoptResult.Alive>(order, identity);

        Send(path, "READY=1");

        (await site.Reports.Ready.ReadAsync(Cancellation)).Should().Be(order.Run);
    }

    [Fact]
    public async Task A_run_whose_socket_cannot_be_opened_again_is_adopted_all_the_same()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60") with
        {
            Notify = true,
            Environment = ImmutableDictionary<string, string?>.Empty.Add(ChildEnvironment.NotifySocket, "/proc/none"),
        };
        var identity = await site.Earlier.LaunchAsync(order);

        site.Adopt<AdoptResult.Alive>(order, identity).Process.Should().Be(identity);
    }

    [Fact]
    public async Task Other_news_is_not_readiness()
    {
        using var socket = new NotifySocket(_folder, new("h", "g", "s"));
        var ready = socket.ReadyAsync();

        Send(socket.Path, "STATUS=READY=1");
        Send(socket.Path, "READY=10");
        Send(socket.Path, "");
        var early = ready.IsCompleted;
        Send(socket.Path, "STATUS=up\nREADY=1");

        (await ready.WaitAsync(Cancellation)).Should().BeTrue();
        early.Should().BeFalse();
    }

    [Fact]
    public async Task A_socket_closes_with_its_run()
    {
        await using var site = new LaunchSite();
        site.Start(site.Shell("echo socket=$NOTIFY_SOCKET") with { Notify = true });
        await site.ExitAsync();

        var path = await site.SaysAsync("socket=");

        path.Should().Be(Path.Combine(site.Folder, "notify", "group", "service.sock"));
        File.Exists(path).Should().BeFalse();
        site.Reports.Ready.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_folder_too_deep_for_a_socket_gives_way_to_a_short_one()
    {
        var deep = Path.Combine(Path.GetTempPath(), new string('d', 120));
        var socket = new NotifySocket(deep, new ServiceKey("h", "g", "s"));
        var ready = socket.ReadyAsync();

        Send(socket.Path, "READY=1");
        var said = await ready.WaitAsync(Cancellation);
        socket.Dispose();

        said.Should().BeTrue();
        Encoding.UTF8.GetByteCount(socket.Path).Should().BeLessThanOrEqualTo(107);
        Directory.Exists(Path.GetDirectoryName(socket.Path)).Should().BeFalse();
    }

    [Fact]
    public async Task A_socket_left_by_a_killed_supervisor_is_replaced()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "g"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "g", "s.sock"), "stale", Cancellation);
        using var socket = new NotifySocket(_folder, new("h", "g", "s"));
        var ready = socket.ReadyAsync();

        Send(socket.Path, "READY=1");

        (await ready.WaitAsync(Cancellation)).Should().BeTrue();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Send(string path, string message)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.SendTo(Encoding.UTF8.GetBytes(message), new UnixDomainSocketEndPoint(path));
    }
}
