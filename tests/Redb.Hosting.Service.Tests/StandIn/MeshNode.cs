using System.Globalization;
using System.Net;
using Grpc.Net.Client;
using Redb.Protocol.Mesh;

namespace Redb.Hosting.Service.Tests.StandIn;

/// <summary>A mesh stand-in as a process, and a client of its MeshControl.</summary>
internal sealed class MeshNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly GrpcChannel _channel;

    private MeshNode(StandInProcess process, int grpcPort, int port)
    {
        (Process, GrpcPort, Port) = (process, grpcPort, port);
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{grpcPort}");
        Control = new(_channel);
    }

    public StandInProcess Process { get; }

    public int GrpcPort { get; }

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public MeshControl.MeshControlClient Control { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<MeshNode> StartAsync(ulong id, params string[] arguments) => StartAsync(id, 0, arguments);

    public static async Task<MeshNode> StartAsync(ulong id, int port, params string[] arguments)
    {
        var process = StandInProcess.StartWith(
            [("MESH_ROUTING_ID", id.ToString(CultureInfo.InvariantCulture))],
            [
                "--role=mesh",
                "--grpc-bind=127.0.0.1:0",
                $"--listen={new IPEndPoint(IPAddress.Loopback, port)}",
                "--ping-interval=100ms",
                "--idle-timeout=1s",
                .. arguments,
            ]
        );
        var listens = StandInProcess.PortIn(await process.SaysAsync("Peers connect on"));
        return new(process, await process.PortAsync(), listens);
    }

    public async Task<AddSessionResponse> AddAsync(string address, uint seconds = 5) =>
        await Control.AddSessionAsync(
            new() { Addr = address, TimeoutSeconds = seconds },
            cancellationToken: Cancellation
        );

    public Task<AddSessionResponse> AddAsync(MeshNode peer) => AddAsync(peer.Address);

    public async Task<IReadOnlyList<ulong>> PeersAsync() =>
        [
            .. (await Control.GetSessionsAsync(new(), cancellationToken: Cancellation)).Sessions.Select(s =>
                s.PeerNodeId
            ),
        ];

    /// <summary>Waits until the sessions are those with exactly these peers.</summary>
    public Task SeesAsync(params ulong[] peers) =>
        EventuallyAsync(
            PeersAsync,
            seen => seen.SequenceEqual(peers),
            seen => $"sessions are with {string.Join(", ", seen)}"
        );

    /// <summary>Waits until so many sessions have come and gone, each of which counts twice.</summary>
    public Task ReachesEpochAsync(uint epoch) =>
        EventuallyAsync(
            async () => (await Control.GetRoutingTableAsync(new(), cancellationToken: Cancellation)).CurrentEpoch,
            seen => seen >= epoch,
            seen => $"the epoch is {seen}"
        );

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await Process.DisposeAsync();
    }

    private static async Task EventuallyAsync<T>(Func<Task<T>> ask, Predicate<T> isSo, Func<T, string> describe)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        using var timer = new PeriodicTimer(Pause);
        T seen;
        while (!isSo(seen = await ask()))
        {
            limit.IsCancellationRequested.Should().BeFalse(describe(seen));
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }
}
