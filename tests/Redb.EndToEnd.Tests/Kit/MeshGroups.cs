using System.Globalization;
using System.Text.Json;
using Grpc.Net.Client;
using Redb.Protocol.Core;
using Redb.Protocol.Mesh;
using Redb.TestKit;

namespace Redb.EndToEnd.Tests.Kit;

/// <summary>
/// Groups <c>g0</c>, <c>g1</c>..., each with a mesh of its own, and a core where they are to join by themselves; under one supervisor or under one each, and
/// several of those are one cluster.
/// </summary>
internal sealed class MeshGroups : IAsyncDisposable
{
    private const int CorePort = 50055;
    private const int MeshPort = 50056;
    private const int PeerPort = 10001;

    private readonly int[] _offsets;
    private readonly GrpcChannel[] _channels;
    private readonly Child[] _supervisors;
    private readonly bool _areJoining;

    private MeshGroups(ulong[] nodes, int supervisors, bool areJoining = false)
    {
        (Nodes, _areJoining) = (nodes, areJoining);
        _offsets = [.. nodes.Select(_ => new GroupFile().Offset)];
        _channels = [.. _offsets.Select(offset => GrpcChannel.ForAddress($"http://127.0.0.1:{MeshPort + offset}"))];
        for (var i = 0; i < nodes.Length; i++)
        {
            File.WriteAllText(Path.Combine(Folder, $"g{i}.yaml"), Text(i));
        }

        _supervisors = new Child[supervisors];
        for (var i = 0; i < supervisors; i++)
        {
            _supervisors[i] = Supervisor(i);
        }
    }

    public ulong[] Nodes { get; }

    /// <summary>The supervisor of the first group.</summary>
    public Child Process => _supervisors[0];

    public string Folder { get; } = Directory.CreateTempSubdirectory("redb-e2e-").FullName;

    /// <summary>Starts the supervisor of groups with these mesh nodes, and returns at once.</summary>
    public static MeshGroups Launch(params ulong[] nodes) => new(nodes, supervisors: 1);

    /// <summary>Starts the supervisor and waits until all groups are ready.</summary>
    public static Task<MeshGroups> ReadyAsync(params ulong[] nodes) => Launch(nodes).BecomeReadyAsync();

    /// <summary>Starts a supervisor for each group and waits until all groups are ready.</summary>
    public static Task<MeshGroups> ReadyApartAsync(params ulong[] nodes) =>
        new MeshGroups(nodes, nodes.Length).BecomeReadyAsync();

    /// <summary>The same with nodes that are clean and seed or join by themselves.</summary>
    public static Task<MeshGroups> ReadyToJoinAsync(params ulong[] nodes) =>
        new MeshGroups(nodes, nodes.Length, areJoining: true).BecomeReadyAsync();

    /// <summary>The supervisor of a group.</summary>
    public Child ProcessOf(int group) => _supervisors[IndexOf(group)];

    /// <summary>Kills the supervisor of a group and its mesh, as when a host loses its power.</summary>
    public async Task KillAsync(int group)
    {
        var mesh = (await MeshAsync(group)).GetProperty("pid").GetInt32();
        ProcessOf(group).Signal("KILL");
        Signals.Send(mesh, "KILL");
        await ProcessOf(group).EndAsync();
    }

    /// <summary>Starts a supervisor in the place of one that has ended, and returns at once.</summary>
    public async Task RelaunchAsync(int group)
    {
        await ProcessOf(group).DisposeAsync();
        _supervisors[IndexOf(group)] = Supervisor(IndexOf(group));
    }

    public MeshControl.MeshControlClient Control(int group) => new(_channels[group]);

    /// <summary>Where the mesh of a group listens for peers.</summary>
    public string AddressOf(int group) =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{PeerPort + _offsets[group]}");

    /// <summary>The mesh that the core of a group says it is in; empty for none.</summary>
    public async Task<string> MeshNameAsync(int group)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{CorePort + _offsets[group]}");
        var answer = await new MeshService.MeshServiceClient(channel).GetNodeStatusAsync(
            new(),
            cancellationToken: TestContext.Current.CancellationToken
        );
        return answer.Mesh?.MeshName ?? "";
    }

    /// <summary>Whether the mesh of a group says that it has sessions with all others.</summary>
    public Task<bool> IsConnectedAsync(int group) =>
        HasSessionsAsync(group, [.. Nodes.Where(node => node != Nodes[group])]);

    /// <summary>Whether the mesh of a group says that it has sessions with these and no others.</summary>
    public async Task<bool> HasSessionsAsync(int group, params ulong[] peers)
    {
        try
        {
            var answer = await Control(group)
                .GetSessionsAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
            return answer.Sessions.Select(session => session.PeerNodeId).Order().SequenceEqual(peers.Order());
        }
        catch (Grpc.Core.RpcException)
        {
            // It is being restarted.
            return false;
        }
    }

    /// <summary>Waits until every mesh says that it has sessions with all others.</summary>
    public Task ConnectedAsync() =>
        Until.TrueAsync(
            async () =>
                (await Task.WhenAll(Enumerable.Range(0, Nodes.Length).Select(IsConnectedAsync))).All(whole => whole),
            "every mesh has a session with every other one"
        );

    /// <summary>Runs redbctl against the first supervisor and reads what it prints as JSON.</summary>
    public Task<JsonElement> JsonAsync(params string[] arguments) => JsonOfAsync(0, arguments);

    /// <summary>Runs redbctl against the first supervisor.</summary>
    public async Task<(int Code, IReadOnlyCollection<string> Lines)> CtlAsync(params string[] arguments)
    {
        await using var ctl = Ctl(0, arguments);
        return (await ctl.EndAsync(), ctl.Lines);
    }

    /// <summary>The mesh service of a group as <c>redbctl status</c> shows it.</summary>
    public async Task<JsonElement> MeshAsync(int group)
    {
        var status = await JsonOfAsync(group, "status", "-g", $"g{group}");
        return status.GetProperty("groups")[0].GetProperty("services")[0];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        foreach (var supervisor in _supervisors)
        {
            await EndAsync(supervisor);
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static async Task EndAsync(Child supervisor)
    {
        if (Signals.IsRunning(supervisor.Pid))
        {
            supervisor.Signal("TERM");
            supervisor.Signal("TERM");
            await supervisor.EndAsync();
        }

        await supervisor.DisposeAsync();
    }

    private async Task<MeshGroups> BecomeReadyAsync()
    {
        try
        {
            for (var i = 0; i < Nodes.Length; i++)
            {
                await ProcessOf(i).LineAsync($"group g{i} Starting -> Ready");
            }

            return this;
        }
        catch (TimeoutException)
        {
            await DisposeAsync();
            throw;
        }
    }

    private int IndexOf(int group) => _supervisors.Length == 1 ? 0 : group;

    private Child Supervisor(int index) =>
        Child.Start(
            Programs.Supervisor,
            [
                .. Enumerable
                    .Range(0, Nodes.Length)
                    .Where(group => IndexOf(group) == index)
                    .SelectMany(group => new[] { "--config", $"g{group}.yaml" }),
                "--data-dir",
                $"data{index}",
            ],
            Folder
        );

    private async Task<JsonElement> JsonOfAsync(int group, params string[] arguments)
    {
        await using var ctl = Ctl(group, [.. arguments, "-o", "json"]);
        (await ctl.EndAsync()).Should().Be(0, string.Join('\n', ctl.Lines));
        using var document = JsonDocument.Parse(string.Join('\n', ctl.Lines));
        return document.RootElement.Clone();
    }

    private Child Ctl(int group, string[] arguments) =>
        Child.Start(
            Programs.Ctl,
            [.. arguments, "--data-dir", Path.Combine(Folder, $"data{IndexOf(group)}")],
            Folder,
            ("REDBCTL_ANSWER_TIMEOUT", "30s")
        );

    // The first node seeds once everybody had as long to speak as a node may be silent.
    private string Joining => _areJoining ? "mesh: {auto_join: true, renew_interval: 200ms, silent_after: 2s}" : "";

    private string Core =>
        _areJoining
            ? $"  core: {{enabled: true, required: true, executable: {Programs.StandIn}, args: [--role, core, --port={CorePort}, '--supervisor=localhost:50000']}}"
            : "";

    private string Text(int group) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            supervisor: {port: 50000}
            database: {name: g{{group}}}
            instance_group: {group_id: g{{group}}, port_offset: {{_offsets[group]}}}
            {{Joining}}
            services:
              mesh:
                enabled: true
                required: true
                executable: {{Programs.StandIn}}
                args: [--role, mesh, '--grpc-bind=127.0.0.1:50056', --enable-grpc, '--listen=127.0.0.1:10001', '--supervisor=localhost:50000']
                config: {services.mesh.node_id: '{{Nodes[group]}}', services.mesh.external_port: '10001'}
            {{Core}}
            """
        );
}
