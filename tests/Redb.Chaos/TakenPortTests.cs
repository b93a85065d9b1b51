using System.Net;
using System.Net.Sockets;
using Redb.Chaos.Kit;

namespace Redb.Chaos;

/// <summary>A stranger that takes a service's port while the service is away.</summary>
public sealed class TakenPortTests
{
    [Fact]
    public async Task A_port_taken_during_a_restart_is_waited_for_and_its_holder_named()
    {
        var cast = Cast.Some([], "security", "webhook");
        await using var scene = await Scene.ReadyAsync(cast);
        var neighbour = (await scene.ProcessesAsync())["webhook"];
        var port = 50051 + cast.File.Offset;

        (await scene.Group.CtlAsync("stop", "security")).ExitCode.Should().Be(0);
        var stranger = new TcpListener(IPAddress.Loopback, port);
        stranger.Start();
        await scene.Group.CtlAsync("start", "security", "--no-wait");
        await scene.Group.Process.LineAsync("security", $"port {port} is in use by pid {Environment.ProcessId}");
        await scene.Group.Process.LineAsync("security", "-> BackingOff");
        scene.Witness.Current("security").Should().BeNull("nothing is started that cannot work");
        stranger.Dispose();

        await scene.AllReadyAsync();
        (await scene.ProcessesAsync())["webhook"].Should().Be(neighbour);
        await scene.EndAsync();
    }
}
