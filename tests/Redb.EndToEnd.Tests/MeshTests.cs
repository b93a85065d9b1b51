using System.Diagnostics;
using Redb.EndToEnd.Tests.Kit;
using Redb.TestKit;

namespace Redb.EndToEnd.Tests;

/// <summary>Groups that find each other's mesh by themselves, with the real programs.</summary>
public sealed class MeshTests
{
    private const ulong Big = 9_007_199_254_740_993;

    private static readonly TimeSpan FirstSessions = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Meshes_of_three_groups_connect_and_what_breaks_is_repaired()
    {
        await using var groups = await MeshGroups.ReadyAsync(Big, Big + 1, Big + 2);
        var ready = Stopwatch.StartNew();
        await groups.ConnectedAsync();
        ready.Elapsed.Should().BeLessThan(FirstSessions);

        await groups.Control(0).DropSessionAsync(new() { PeerNodeId = Big + 1 }, cancellationToken: Cancellation);
        await groups.ConnectedAsync();

        var pid = (await groups.MeshAsync(2)).GetProperty("pid").GetInt32();
        Signals.Send(pid, "KILL");
        await Until.TrueAsync(
            async () =>
                (await groups.MeshAsync(2)).GetProperty("pid")
                    is { ValueKind: System.Text.Json.JsonValueKind.Number } other
                && other.GetInt32() != pid,
            "the mesh has another process"
        );
        await groups.ConnectedAsync();

        var (code, lines) = await groups.CtlAsync("restart", "mesh", "-g", "g0");
        code.Should().Be(0, string.Join('\n', lines));
        await groups.ConnectedAsync();
    }

    [Fact]
    public async Task Peers_of_a_supervisor_that_is_killed_are_dropped_and_come_back_with_it()
    {
        await using var groups = await MeshGroups.ReadyApartAsync(Big, Big + 1, Big + 2);
        await groups.ConnectedAsync();

        await groups.KillAsync(2);
        await groups.ProcessOf(0).LineAsync("peers that left: ", "g2 on");
        await groups.ProcessOf(1).LineAsync("peers that left: ", "g2 on");
        (await groups.HasSessionsAsync(0, Big + 1)).Should().BeTrue();
        var links = await groups.JsonAsync("mesh", "links", "-g", "g0");
        links.GetRawText().Should().Contain("9007199254740994").And.NotContain("9007199254740995");

        await groups.RelaunchAsync(2);
        await groups.ConnectedAsync();
    }

    [Fact]
    public async Task Of_two_clean_nodes_one_seeds_the_mesh_and_the_other_joins_it()
    {
        await using var groups = await MeshGroups.ReadyToJoinAsync(Big, Big + 1);

        string[] meshes = [];
        await Until.TrueAsync(
            async () =>
                (meshes = [await groups.MeshNameAsync(0), await groups.MeshNameAsync(1)]).All(name => name.Length > 0),
            "both cores are in a mesh"
        );

        // A stand-in that joined knows no more than that: the name would come with the data of the mesh.
        meshes.Should().BeEquivalentTo("default", "joined");
        var first = Array.IndexOf(meshes, "default");
        await groups.ProcessOf(first).LineAsync("asking core to seed mesh default");
        await groups.ProcessOf(1 - first).LineAsync($"asking core to join mesh default at {groups.AddressOf(first)}");
        await groups.ConnectedAsync();
    }

    [Fact]
    public async Task Redbctl_shows_nodes_peers_and_links()
    {
        await using var groups = await MeshGroups.ReadyAsync(Big, Big + 1);
        await groups.ConnectedAsync();

        var nodes = await groups.JsonAsync("mesh", "nodes");
        var mesh = nodes.GetProperty("meshes")[0];
        mesh.GetProperty("nodes")
            .EnumerateArray()
            .Select(node => node.GetProperty("nodeId").GetString())
            .Should()
            .Equal("9007199254740993", "9007199254740994");
        await Until.TrueAsync(
            async () => (await groups.CtlAsync("mesh", "links", "--check")).Code == 0,
            "redbctl mesh links --check finds every session"
        );
        var (_, peers) = await groups.CtlAsync("mesh", "peers");
        peers
            .Should()
            .Contain(line =>
                line.Contains("9007199254740994", StringComparison.Ordinal)
                && line.Contains("yes", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task A_second_mesh_with_the_same_node_id_is_not_started()
    {
        await using var groups = MeshGroups.Launch(7, 7);
        await Until.TrueAsync(
            () => groups.Process.Lines.Any(line => line.Contains("Starting -> Ready", StringComparison.Ordinal)),
            "one of the groups is ready"
        );

        await groups.Process.LineAsync("mesh node id 7 is taken by group");

        var meshes = new[] { await groups.MeshAsync(0), await groups.MeshAsync(1) };
        meshes.Select(mesh => mesh.GetProperty("state").GetString()).Should().BeEquivalentTo("Ready", "Pending");
        var refused = Array.FindIndex(meshes, mesh => mesh.GetProperty("state").GetString() == "Pending");
        var held = meshes[refused];
        held.GetProperty("reason").GetString().Should().Contain("g0 on").And.Contain("g1 on");
        held.GetProperty("run").GetInt64().Should().Be(0);
        var (_, why) = await groups.CtlAsync("why", "mesh", "-g", $"g{refused}");
        why.Should().Contain(line => line.Contains("mesh node id 7", StringComparison.Ordinal));
    }
}
