using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Mesh;

namespace Redb.Grains.Tests.Mesh;

public sealed class MeshGrainTests
{
    [Fact]
    public async Task Groups_of_several_silos_have_sessions_with_each_other_as_soon_as_their_mesh_services_are_ready()
    {
        await using var cluster = await MeshCluster.StartAsync(3);

        await cluster.BeginAsync(0, 1, 2);

        await cluster.SessionsAsync(0, 2, 3);
        await cluster.SessionsAsync(1, 1, 3);
        await cluster.SessionsAsync(2, 1, 2);
        var mesh = await cluster.Mesh.GetViewAsync();
        mesh.Nodes.Select(node => node.Node.NodeId).Should().Equal(1UL, 2UL, 3UL);
        mesh.Nodes.Should().OnlyContain(node => node.Age < MeshCluster.Quick.SilentAfter);
    }

    [Fact]
    public async Task A_lost_session_and_a_restarted_mesh_service_are_repaired()
    {
        await using var cluster = await MeshCluster.StartAsync(2);
        await cluster.BeginAsync(0, 1);
        await cluster.SessionsAsync(0, 2);

        cluster.Network.Lose(1);
        await cluster.SessionsAsync(0, 2);

        cluster.Network.Lose(2);
        await cluster.Processes[1].Live["mesh"].ExitsAsync(1);
        await cluster.SessionsAsync(1, 1);
        cluster.Network.Drops.Should().BeEmpty();
    }

    [Fact]
    public async Task When_the_silo_with_the_meshs_record_dies_the_others_tell_it_again_and_lose_only_its_node()
    {
        await using var cluster = await MeshCluster.StartAsync(3);
        await cluster.BeginAsync(0, 1, 2);
        await cluster.SessionsAsync(0, 2, 3);
        await cluster.SessionsAsync(1, 1, 3);
        var epoch = (await cluster.Mesh.GetViewAsync()).Epoch;

        var dead = await cluster.KillRecordKeeperAsync();

        var (one, other) = ((dead + 1) % 3, (dead + 2) % 3);
        await cluster.SessionsAsync(one, (ulong)other + 1);
        await MeshCluster.SeesAsync(
            async () => (await cluster.LinksAsync(one)).Links.Length == 1,
            () => "the dead node is still a peer"
        );
        cluster.Network.Drops.Should().NotContain(drop => drop.Peer != (ulong)dead + 1);
        var mesh = await cluster.Mesh.GetViewAsync();
        mesh.Epoch.Should().NotBe(epoch);
        mesh.Nodes.Should().HaveCount(2);

        // News is pushed by the new record as it was by the old one.
        cluster.Network.Lose((ulong)other + 1);
        await cluster.Processes[other].Live["mesh"].ExitsAsync(1);
        await cluster.SessionsAsync(one, (ulong)other + 1);
    }

    [Fact]
    public async Task A_second_holder_of_a_node_id_is_not_started_and_both_are_named()
    {
        await using var cluster = await MeshCluster.StartAsync(2, nodeOf: _ => 1);
        await cluster.BeginAsync(0);
        await cluster.Processes[0].NextLaunchAsync();
        await cluster.Processes[0].NextLaunchAsync();

        await cluster.BeginAsync(1);

        (await cluster.Processes[1].NextLaunchAsync()).Name.Should().Be("core");
        await MeshCluster.SeesAsync(
            async () => (await MeshAsync(cluster, 1)).Reason.Contains("node id 1", StringComparison.Ordinal),
            () => "the reason does not name the id"
        );
        var mesh = await MeshAsync(cluster, 1);
        mesh.Phase.Should().Be(ServicePhase.Pending);
        mesh.Reason.Should().Contain("Silo_0").And.Contain("Silo_1");
        (await cluster.Mesh.GetViewAsync()).Conflicts.Should().ContainSingle();
        (await cluster.EventsAsync(1)).Should().Contain(text => text.Contains(mesh.Reason, StringComparison.Ordinal));
        cluster.Processes[1].HasMoreLaunches.Should().BeFalse();
    }

    [Fact]
    public async Task Without_a_mesh_to_ask_the_mesh_service_starts_and_a_conflict_is_told_afterwards()
    {
        await using var cluster = await MeshCluster.StartAsync(2, nodeOf: _ => 1);
        cluster.Mute.IsMute = true;
        await cluster.BeginAsync(0, 1);
        await PhaseAsync(cluster, 0, GroupPhase.Ready);
        await PhaseAsync(cluster, 1, GroupPhase.Ready);
        (await cluster.LinksAsync(0)).Trouble.Should().Contain("the mesh cannot be asked for news");

        cluster.Mute.IsMute = false;

        await MeshCluster.SeesAsync(
            async () => (await cluster.ViewAsync(0)).Phase != (await cluster.ViewAsync(1)).Phase,
            () => "neither group is degraded"
        );
        var refused = (await cluster.ViewAsync(0)).Phase == GroupPhase.Degraded ? 0 : 1;
        (await cluster.ViewAsync(refused)).Reason.Should().Contain("node id 1");
        (await MeshAsync(cluster, refused)).Phase.Should().Be(ServicePhase.Ready, "what runs is not stopped");
    }

    [Fact]
    public async Task A_group_that_needs_peers_is_not_ready_without_them_and_degraded_once_it_loses_them()
    {
        await using var cluster = await MeshCluster.StartAsync(2, MeshCluster.Quick with { MinPeers = 1 });
        await cluster.BeginAsync(0);
        await cluster.SessionsAsync(0);
        await MeshCluster.SeesAsync(
            async () => (await MeshAsync(cluster, 0)).Phase == ServicePhase.Ready,
            () => "the mesh service is not ready"
        );
        var alone = await cluster.ViewAsync(0);

        await cluster.BeginAsync(1);
        await PhaseAsync(cluster, 0, GroupPhase.Ready);
        cluster.Network.Mute[2] = "cut off";
        cluster.Network.Lose(2);

        alone.Phase.Should().Be(GroupPhase.Starting);
        alone.Reason.Should().Be("mesh has 0 of the 1 peers it needs (mesh.min_peers)");
        await PhaseAsync(cluster, 0, GroupPhase.Degraded);
    }

    [Fact]
    public async Task A_peer_that_cannot_be_reached_is_told_once()
    {
        await using var cluster = await MeshCluster.StartAsync(2);
        cluster.Network.Mute[2] = "no answer";
        await cluster.BeginAsync(0, 1);

        await MeshCluster.SeesAsync(
            async () => (await cluster.EventsAsync(0)).Any(IsTrouble),
            () => "nothing was told of the missing session"
        );
        cluster.Network.Mute.Clear();
        await cluster.SessionsAsync(0, 2);

        var told = (await cluster.EventsAsync(0)).Where(IsTrouble).ToList();
        told.Should().ContainSingle().Which.Should().Contain("2 (group default on Silo_1").And.Contain("refused");

        static bool IsTrouble(string text) => text.Contains("no session with 1 of 1 peers", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_is_lost_with_its_supervisor_is_told_once_although_the_mesh_says_so_too()
    {
        await using var cluster = await MeshCluster.StartAsync(3);
        await cluster.BeginAsync(0, 1, 2);
        await cluster.SessionsAsync(0, 2, 3);
        await cluster.SessionsAsync(1, 1, 3);
        var dead = await cluster.KillRecordKeeperAsync();
        var (one, other) = ((dead + 1) % 3, (dead + 2) % 3);

        await cluster.TellOfDeathAsync(dead, one);

        await cluster.SessionsAsync(one, (ulong)other + 1);
        await MeshCluster.SeesAsync(
            async () =>
                await cluster.Mesh.GetViewAsync() is { IsSettled: true, Nodes.Length: 2 }
                && !(await cluster.PeersToldAsync(one)).Contains($"{dead + 1}@", StringComparison.Ordinal),
            () => "the mesh does not say that the node has left"
        );

        // What was heard so far is told before this.
        await cluster.Processes[other].Live["mesh"].ExitsAsync(1);
        await MeshCluster.SeesAsync(
            async () => (await cluster.EventsAsync(one))[^1].Contains($"peers: {other + 1} ", StringComparison.Ordinal),
            () => "the mesh service that came back is not told"
        );
        (await cluster.EventsAsync(one))
            .Where(text => text.Contains("peers that left", StringComparison.Ordinal))
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain($"peers that left: {dead + 1} (group default on Silo_{dead}");
    }

    [Fact]
    public async Task Services_are_told_the_peers_when_they_register_and_when_they_change()
    {
        await using var cluster = await MeshCluster.StartAsync(2);
        await cluster.BeginAsync(0);
        await cluster.SessionsAsync(0);
        await PhaseAsync(cluster, 0, GroupPhase.Ready);
        var core = cluster.Service(0, "core");
        var alone = await core.RegisterAsync(new() { Name = "core", InstanceId = "a" });

        await cluster.BeginAsync(1);
        await cluster.SessionsAsync(0, 2);
        var beat = await core.HeartbeatAsync(alone.ServiceId, ServiceHealth.Healthy, null);
        var next = await core.HeartbeatAsync(alone.ServiceId, ServiceHealth.Healthy, null);
        var later = await core.RegisterAsync(new() { Name = "core", InstanceId = "b" });

        alone.Initial!.Config.Should().NotContainKey(MeshPlan.PeersKey);
        beat.ConfigUpdate.Should().Contain(MeshPlan.PeersKey, "2@127.0.0.1:10101");
        next.ConfigUpdate.Should().BeNull();
        later.Initial!.Config.Should().Contain(MeshPlan.PeersKey, "2@127.0.0.1:10101");
    }

    [Fact]
    public async Task The_first_clean_node_seeds_and_the_others_join_it()
    {
        await using var cluster = await MeshCluster.StartAsync(3, MeshCluster.Quick with { AutoJoin = true });

        await cluster.BeginAsync(0, 1, 2);

        await MeshCluster.SeesAsync(
            () => Task.FromResult(cluster.Network.Entries.Count == 3),
            () => string.Join(", ", cluster.Network.Entries)
        );
        cluster.Network.Entries.First().Should().StartWith("seed ");
        cluster
            .Network.Entries.Skip(1)
            .Should()
            .OnlyContain(entry => entry.StartsWith("join ", StringComparison.Ordinal));
    }

    private static async Task<ServiceView> MeshAsync(MeshCluster cluster, int index) =>
        (await cluster.ViewAsync(index)).Services.Single(service => service.Name == "mesh");

    private static async Task PhaseAsync(MeshCluster cluster, int index, GroupPhase phase)
    {
        var last = "";
        await MeshCluster.SeesAsync(
            async () =>
            {
                var view = await cluster.ViewAsync(index);
                last = $"{view.Phase} {view.Reason}";
                return view.Phase == phase;
            },
            () => last
        );
    }
}
