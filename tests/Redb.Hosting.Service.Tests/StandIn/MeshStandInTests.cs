using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Redb.Protocol.Core;
using Redb.Protocol.Mesh;

namespace Redb.Hosting.Service.Tests.StandIn;

public sealed class MeshStandInTests
{
    private const ulong Big = 9_007_199_254_740_993;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_added_session_stands_on_both_sides()
    {
        await using var one = await MeshNode.StartAsync(1);
        await using var two = await MeshNode.StartAsync(Big);

        var answer = await one.AddAsync(two);

        answer.Success.Should().BeTrue(answer.Message);
        answer.PeerNodeId.Should().Be(Big);
        answer.RemoteAddr.Should().Be(two.Address);
        await one.SeesAsync(Big);
        await two.SeesAsync(1);
        var topology = (await two.Control.GetTopologyAsync(new(), cancellationToken: Cancellation)).Topology;
        topology.LocalNodeId.Should().Be(Big);
        topology.Neighbors.Should().ContainSingle().Which.NodeId.Should().Be(1);
        var routes = await two.Control.GetRoutingTableAsync(new(), cancellationToken: Cancellation);
        routes.Routes.Should().ContainSingle().Which.NextHops.Should().Equal(1UL);
    }

    [Fact]
    public async Task When_both_sides_add_at_once_one_session_is_left()
    {
        await using var one = await MeshNode.StartAsync(1);
        await using var two = await MeshNode.StartAsync(2);

        var answers = await Task.WhenAll(one.AddAsync(two), two.AddAsync(one), one.AddAsync(two));

        answers.Should().OnlyContain(answer => answer.Success);
        await one.SeesAsync(2);
        await two.SeesAsync(1);
    }

    [Theory]
    [InlineData("localhost:10001")]
    [InlineData("127.0.0.1")]
    [InlineData("")]
    public async Task Anything_but_a_numeric_address_with_a_port_is_refused(string address)
    {
        await using var one = await MeshNode.StartAsync(1);

        var add = async () => await one.AddAsync(address);

        (await add.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task Where_nobody_listens_or_only_itself_the_connection_fails()
    {
        await using var one = await MeshNode.StartAsync(1);
        await using var refusing = await MeshNode.StartAsync(2, "--refuse-sessions");

        (await one.AddAsync("127.0.0.1:1")).ErrorCode.Should().Be("CONNECTION_FAILED");
        (await one.AddAsync(one)).ErrorCode.Should().Be("CONNECTION_FAILED");
        (await one.AddAsync(refusing)).ErrorCode.Should().Be("CONNECTION_FAILED");

        (await one.PeersAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Where_nobody_answers_it_is_late_and_the_attempt_goes_on()
    {
        await using var one = await MeshNode.StartAsync(1);
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var port = ((IPEndPoint)mute.LocalEndpoint).Port;

        var late = await one.AddAsync(mute.LocalEndpoint.ToString()!, seconds: 1);
        mute.Stop();
        await using var two = await MeshNode.StartAsync(2, port);

        late.ErrorCode.Should().Be("TIMEOUT");
        await one.SeesAsync(2);
    }

    [Fact]
    public async Task A_dropped_session_is_gone_on_both_sides_and_stays_so()
    {
        await using var one = await MeshNode.StartAsync(1);
        await using var two = await MeshNode.StartAsync(2);
        await one.AddAsync(two);

        var dropped = await one.Control.DropSessionAsync(new() { PeerNodeId = 2 }, cancellationToken: Cancellation);
        var again = await one.Control.DropSessionAsync(new() { PeerNodeId = 2 }, cancellationToken: Cancellation);

        dropped.Success.Should().BeTrue();
        again.ErrorCode.Should().Be("SESSION_NOT_FOUND");
        await two.SeesAsync();
        await one.SeesAsync();
    }

    [Fact]
    public async Task Who_dialled_dials_again_when_the_peer_comes_back()
    {
        await using var one = await MeshNode.StartAsync(1);
        int port;
        await using (var two = await MeshNode.StartAsync(2))
        {
            port = two.Port;
            await one.AddAsync(two);
        }

        await one.SeesAsync();
        await using var returned = await MeshNode.StartAsync(2, port);

        await one.SeesAsync(2);
        await returned.SeesAsync(1);
    }

    [Fact]
    public async Task A_peer_that_is_silent_for_too_long_is_given_up()
    {
        await using var one = await MeshNode.StartAsync(1);
        await using var two = await MeshNode.StartAsync(2);
        await two.AddAsync(one);
        await one.SeesAsync(2);

        await two.Process.SignalAsync("STOP");

        await one.SeesAsync();
        await two.Process.SignalAsync("CONT");
        await one.SeesAsync(2);
    }

    [Fact]
    public async Task It_misbehaves_as_asked()
    {
        await using var hanging = await MeshNode.StartAsync(1, "--hang-control");
        await using var dropping = await MeshNode.StartAsync(2, "--drop-sessions-every=500ms");
        await using var other = await MeshNode.StartAsync(3);

        // Whoever asks for the session may look just before it comes and just after it went.
        await dropping.AddAsync(other.Address, seconds: 1);
        await dropping.ReachesEpochAsync(2);
        await dropping.SeesAsync();
        await other.SeesAsync();
        var ask = async () =>
            await hanging.Control.GetSessionsAsync(
                new GetSessionsRequest(),
                deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200)
            );
        (await ask.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task A_clean_core_seeds_or_joins_and_only_a_clean_one()
    {
        await using var one = await MeshNode.StartAsync(1);
        await using var two = await MeshNode.StartAsync(2);
        await using var core = StandInProcess.StartWith(
            [("GRPC_mesh_ADDRESS", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{two.GrpcPort}"))],
            "--role=core",
            "--port=0",
            "--standalone"
        );
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{await core.PortAsync()}");
        var client = new MeshService.MeshServiceClient(channel);
        var clean = await client.GetNodeStatusAsync(new(), cancellationToken: Cancellation);

        var joined = await client.JoinMeshAsync(
            new() { TargetAddress = one.Address, TimeoutSeconds = 5 },
            cancellationToken: Cancellation
        );
        var again = async () =>
            await client.JoinMeshAsync(new() { TargetAddress = one.Address }, cancellationToken: Cancellation);
        var seeded = async () => await client.SeedMeshAsync(new() { MeshName = "x" }, cancellationToken: Cancellation);

        clean.Node.NodeStatus.Should().Be(NodeStatus.Clean);
        clean.Mesh.Should().BeNull();
        joined.Success.Should().BeTrue(joined.Message);
        joined.PeerNodeId.Should().Be(1);
        await one.SeesAsync(2);
        (await again.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.FailedPrecondition);
        (await seeded.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.FailedPrecondition);
        await client.LeaveMeshAsync(new(), cancellationToken: Cancellation);
        var mesh = await client.SeedMeshAsync(new() { MeshName = "ours" }, cancellationToken: Cancellation);
        mesh.Mesh.MeshName.Should().Be("ours");
    }
}
