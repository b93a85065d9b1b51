using System.Globalization;
using System.Text.Json;
using Grpc.Net.Client;
using Redb.Protocol.Mesh;
using Redb.TestKit;

namespace Redb.EndToEnd.Tests.Kit;

/// <summary>One supervisor with several groups <c>g0</c>, <c>g1</c>..., each with a mesh of its own, in one data folder.</summary>
internal sealed class MeshGroups : IAsyncDisposable
{
    private const int MeshPort = 50056;

    private readonly int[] _offsets;
    private readonly GrpcChannel[] _channels;

    private MeshGroups(ulong[] nodes)
    {
        Nodes = nodes;
        _offsets = [.. nodes.Select(_ => new GroupFile().Offset)];
        _channels = [.. _offsets.Select(offset => GrpcChannel.ForAddress($"http://127.0.0.1:{MeshPort + offset}"))];
        for (var i = 0; i < nodes.Length; i++)
        {
            File.WriteAllText(Path.Combine(Folder, $"g{i}.yaml"), Text(i));
        }

        Process = Child.Start(
            Programs.Supervisor,
            [.. nodes.SelectMany((_, i) => new[] { "--config", $"g{i}.yaml" }), "--data-dir", "data"],
            Folder
        );
    }

    public ulong[] Nodes { get; }

    public Child Process { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("redb-e2e-").FullName;

    /// <summary>Starts the supervisor of groups with these mesh nodes, and returns at once.</summary>
    public static MeshGroups Launch(params ulong[] nodes) => new(nodes);

    /// <summary>Starts the supervisor and waits until all groups are ready.</summary>
    public static async Task<MeshGroups> ReadyAsync(params ulong[] nodes)
    {
        var groups = Launch(nodes);
        try
        {
            for (var i = 0; i < nodes.Length; i++)
            {
                await groups.Process.LineAsync($"group g{i} Starting -> Ready");
            }

            return groups;
        }
        catch (TimeoutException)
        {
            await groups.DisposeAsync();
            throw;
        }
    }

    public MeshControl.MeshControlClient Control(int group) => new(_channels[group]);

    /// <summary>Whether the mesh of a group says that it has sessions with all others.</summary>
    public async Task<bool> IsConnectedAsync(int group)
    {
        try
        {
            var answer = await Control(group)
                .GetSessionsAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
            return answer
                .Sessions.Select(session => session.PeerNodeId)
                .Order()
                .SequenceEqual(Nodes.Where(node => node != Nodes[group]).Order());
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

    /// <summary>Runs redbctl against this supervisor and reads what it prints as JSON.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        await using var ctl = Ctl([.. arguments, "-o", "json"]);
        (await ctl.EndAsync()).Should().Be(0, string.Join('\n', ctl.Lines));
        using var document = JsonDocument.Parse(string.Join('\n', ctl.Lines));
        return document.RootElement.Clone();
    }

    /// <summary>Runs redbctl against this supervisor.</summary>
    public async Task<(int Code, IReadOnlyCollection<string> Lines)> CtlAsync(params string[] arguments)
    {
        await using var ctl = Ctl(arguments);
        return (await ctl.EndAsync(), ctl.Lines);
    }

    /// <summary>The mesh service of a group as <c>redbctl status</c> shows it.</summary>
    public async Task<JsonElement> MeshAsync(int group)
    {
        var status = await JsonAsync("status", "-g", $"g{group}");
        return status.GetProperty("groups")[0].GetProperty("services")[0];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        if (Signals.IsRunning(Process.Pid))
        {
            Process.Signal("TERM");
            Process.Signal("TERM");
            await Process.EndAsync();
        }

        await Process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private Child Ctl(string[] arguments) =>
        Child.Start(
            Programs.Ctl,
            [.. arguments, "--data-dir", Path.Combine(Folder, "data")],
            Folder,
            ("REDBCTL_ANSWER_TIMEOUT", "30s")
        );

    private string Text(int group) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            supervisor: {port: 50000}
            database: {name: g{{group}}}
            instance_group: {group_id: g{{group}}, port_offset: {{_offsets[group]}}}
            services:
              mesh:
                enabled: true
                required: true
                executable: {{Programs.StandIn}}
                args: [--role, mesh, '--grpc-bind=127.0.0.1:50056', --enable-grpc, '--listen=127.0.0.1:10001', '--supervisor=localhost:50000']
                config: {services.mesh.node_id: '{{Nodes[group]}}', services.mesh.external_port: '10001'}
            """
        );
}
