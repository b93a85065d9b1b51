using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Mesh;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Mesh;

public sealed class MeshStandingTests
{
    private static readonly DependencyGraph Graph = new([
        new("mesh", Required: true, []),
        new("core", Required: true, []),
    ]);

    private GroupState _group = GroupMachine.Begin(Graph, Now);
    private ImmutableArray<GroupEffect> _effects = [];

    private static Moment Now => new(default, TimeSpan.FromHours(1));

    [Theory]
    [InlineData((int)ClaimState.Pending, false)]
    [InlineData((int)ClaimState.Free, true)]
    [InlineData((int)ClaimState.Refused, false)]
    [InlineData((int)ClaimState.Unheard, true)]
    public void The_mesh_service_may_start_unless_the_answer_is_awaited_or_is_no(int claim, bool mayStart)
    {
        var standing = MeshStanding.Of((ClaimState)claim, "taken by another", connected: 0, needed: 0);

        (standing.Hold.Length == 0).Should().Be(mayStart);
    }

    [Fact]
    public void A_hold_keeps_only_the_mesh_service_from_being_launched_and_its_end_opens_the_gate()
    {
        Play(new GroupInput.MeshStands(new("taken by another", "")));

        Play(new GroupInput.StartRequested([]));
        _group.Services["mesh"].Gate.Should().Be(new Gate(false, "taken by another", false));
        _group.Services["core"].Gate.IsOpen.Should().BeTrue();

        Play(new GroupInput.MeshStands(MeshStanding.Fine));
        _effects.Should().ContainSingle().Which.Order.Gate.IsOpen.Should().BeTrue();
    }

    [Fact]
    public void What_runs_is_not_stopped_by_a_hold()
    {
        Ready();

        Play(new GroupInput.MeshStands(new("taken by another", "taken by another")));

        _effects.Should().BeEmpty();
        _group.Phase.Should().Be(GroupPhase.Degraded);
        _group.Reason.Should().Be("taken by another");
    }

    [Fact]
    public void A_group_that_is_short_of_peers_is_not_ready_for_the_first_time_until_it_has_them()
    {
        Play(new GroupInput.MeshStands(new("", "mesh has 0 of the 1 peers it needs")));
        Ready();
        _group.Phase.Should().Be(GroupPhase.Starting);
        _group.Reason.Should().Contain("0 of the 1");

        Play(new GroupInput.MeshStands(MeshStanding.Fine));
        _group.Phase.Should().Be(GroupPhase.Ready);
        _group.Reason.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 2, false)]
    [InlineData(2, 2, true)]
    public void As_many_peers_as_are_needed_are_enough(int connected, int needed, bool isEnough) =>
        (MeshStanding.Of(ClaimState.Free, "", connected, needed).Shortfall == "").Should().Be(isEnough);

    [Fact]
    public void A_group_that_was_left_ready_stays_so_until_its_sessions_have_been_looked_at()
    {
        var plan = new MeshPlan(new() { MinPeers = 1 }, "127.0.0.1:10001", NodeId: 7);
        _group = _group with { Mesh = MeshStanding.Initial(plan, wasReady: true) };
        Ready();

        Play(new GroupInput.MeshStands(MeshStanding.Of(ClaimState.Free, "", connected: null, needed: 1)));
        _group.Phase.Should().Be(GroupPhase.Ready);

        Play(new GroupInput.MeshStands(MeshStanding.Of(ClaimState.Free, "", connected: 0, needed: 1)));
        _group.Phase.Should().Be(GroupPhase.Degraded);
    }

    private void Ready()
    {
        Play(new GroupInput.StartRequested([]));
        foreach (var name in Graph.Order)
        {
            var told = _group.Services[name].Told;
            Play(new GroupInput.ServiceChanged(name, ServicePhase.Ready, Wanted.Up, told));
        }
    }

    private void Play(GroupInput input) => (_group, _effects, _) = GroupMachine.Next(_group, input, Graph, Now);
}
