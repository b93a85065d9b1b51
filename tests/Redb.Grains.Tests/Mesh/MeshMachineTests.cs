using Redb.Abstractions.Mesh;
using Redb.Grains.Mesh;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Mesh;

public sealed class MeshMachineTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(8);
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private MeshState _state = MeshState.Begin(epoch: 4711, At(TimeSpan.Zero));
    private TimeSpan _elapsed;

    [Fact]
    public void What_is_announced_is_news_to_who_does_not_know_it()
    {
        Announce(Nodes.Ready(1));
        var seen = _state.Revision;
        Announce(Nodes.Claimed(2));
        Announce(Nodes.Ready(2));

        var difference = MeshMachine.NewsSince(_state, 4711, seen, At(_elapsed))!;
        var all = MeshMachine.NewsSince(_state, epoch: 1, revision: 99, At(_elapsed))!;

        difference.Nodes.Should().Equal(Nodes.Ready(2));
        difference.From.Should().Be(seen);
        all.IsWhole.Should().BeTrue();
        all.Nodes.Should().BeEquivalentTo([Nodes.Ready(1), Nodes.Ready(2)]);
    }

    [Fact]
    public void A_sign_of_life_is_no_news()
    {
        Announce(Nodes.Ready(1));
        var revision = _state.Revision;

        Announce(Nodes.Ready(1));

        _state.Revision.Should().Be(revision);
        MeshMachine.NewsSince(_state, 4711, revision, At(_elapsed)).Should().BeNull();
    }

    [Fact]
    public void A_second_holder_of_an_id_is_refused_by_the_names_of_both()
    {
        Announce(Nodes.Ready(1));

        var refusal = Announce(Nodes.Ready(1) with { Group = "other", Address = "10.0.0.9:10001" });

        refusal.Should().Contain("id 1").And.Contain("group g1 on h1").And.Contain("group other on h1");
        _state.Members.Should().ContainSingle();
        _state.Refusals["h1/other"].Reason.Should().Be(refusal);
    }

    [Fact]
    public void A_second_holder_of_an_address_is_refused_by_the_names_of_both()
    {
        Announce(Nodes.Ready(1));

        var refusal = Announce(Nodes.Ready(2) with { Address = Nodes.Ready(1).Address });

        refusal.Should().Contain("10.0.0.1:10001").And.Contain("g1 on h1").And.Contain("g2 on h2");
    }

    [Fact]
    public void What_its_holder_gives_up_or_forgets_is_free_again()
    {
        var second = Nodes.Ready(1) with { Group = "other" };
        Announce(Nodes.Ready(1));
        Announce(second).Should().NotBeEmpty();
        _elapsed += Lease;

        Announce(second).Should().BeEmpty();

        _state.Refusals.Should().BeEmpty();
        Play(new MeshInput.Left("h1/other"));
        Announce(Nodes.Ready(1)).Should().BeEmpty();
    }

    [Fact]
    public void Another_id_or_address_of_the_same_group_frees_the_first()
    {
        Announce(Nodes.Ready(1));
        var seen = _state.Revision;

        Announce(Nodes.Ready(2) with { Host = "h1", Group = "g1" }).Should().BeEmpty();

        var news = MeshMachine.NewsSince(_state, 4711, seen, At(_elapsed))!;
        news.Left.Should().Equal(1UL);
        news.Nodes.Should().ContainSingle().Which.NodeId.Should().Be(2);
        Announce(Nodes.Ready(1)).Should().BeEmpty();
    }

    [Fact]
    public void Silence_for_longer_than_its_lease_takes_a_node_away()
    {
        Announce(Nodes.Ready(1));
        Announce(Nodes.Ready(2));
        _elapsed += Lease - TimeSpan.FromSeconds(1);
        Announce(Nodes.Ready(2));
        _elapsed += TimeSpan.FromSeconds(1);
        var seen = _state.Revision;

        Play(new MeshInput.Swept());

        var news = MeshMachine.NewsSince(_state, 4711, seen, At(_elapsed))!;
        news.Left.Should().Equal(1UL);
    }

    [Fact]
    public void The_nodes_of_a_dead_supervisor_leave_at_once_unless_it_said_that_it_would_be_away()
    {
        Announce(Nodes.Ready(1));
        Announce(Nodes.Ready(2) with { State = MeshNodeState.Away });

        Play(new MeshInput.GroupsLost(["h1/g1", "h2/g2", "h3/g3"]));

        _state.Members.Keys.Should().Equal("h2/g2");
    }

    [Fact]
    public void Who_missed_more_than_is_kept_is_told_everything()
    {
        Announce(Nodes.Ready(1));
        for (var run = 2; run < MeshMachine.MostChanges + 3; run++)
        {
            Announce(Nodes.Ready(2, run));
        }

        MeshMachine.NewsSince(_state, 4711, revision: 1, At(_elapsed))!.IsWhole.Should().BeTrue();
        MeshMachine.NewsSince(_state, 4711, revision: 2, At(_elapsed))!.IsWhole.Should().BeFalse();
        _state.ChangeCount.Should().Be(MeshMachine.MostChanges);
    }

    [Fact]
    public void The_first_clean_node_seeds_once_everybody_had_the_time_to_speak_and_the_others_join_it()
    {
        Clean(1).Should().Be(MeshAdmission.None);
        _elapsed += Lease;

        Clean(1).Should().Be(MeshAdmission.Seed);
        Clean(2).Should().Be(MeshAdmission.None);
        Announce(Nodes.Ready(1), MeshMembership.Active);

        Clean(2).Should().Be(MeshAdmission.Join("10.0.0.1:10001"));
    }

    [Fact]
    public void A_seeder_that_does_not_get_on_with_it_is_succeeded()
    {
        Clean(1);
        _elapsed += Lease;
        Clean(1).Should().Be(MeshAdmission.Seed);
        _elapsed += TimeSpan.FromMinutes(1);

        Clean(2).Should().Be(MeshAdmission.Seed);
    }

    [Theory]
    [InlineData((int)MeshMembership.Unknown)]
    [InlineData((int)MeshMembership.Joining)]
    [InlineData((int)MeshMembership.Other)]
    public void Only_a_clean_node_is_told_to_do_anything(int membership)
    {
        Announce(Nodes.Ready(1), MeshMembership.Active);

        Admit(Nodes.Ready(2), (MeshMembership)membership).Should().Be(MeshAdmission.None);
        Admit(Nodes.Claimed(2), MeshMembership.Clean).Should().Be(MeshAdmission.None);
    }

    private static Moment At(TimeSpan elapsed) => new(Noon + elapsed, elapsed);

    private string Announce(MeshNode node, MeshMembership membership = MeshMembership.Unknown) =>
        Play(
            new MeshInput.Announced(
                new()
                {
                    Node = node,
                    Lease = Lease,
                    Membership = membership,
                }
            )
        ).Refusal;

    private MeshAdmission Clean(ulong id) => Admit(Nodes.Ready(id), MeshMembership.Clean);

    private MeshAdmission Admit(MeshNode node, MeshMembership membership) =>
        Play(
            new MeshInput.Announced(
                new()
                {
                    Node = node,
                    Lease = Lease,
                    Membership = membership,
                    WantsToJoin = true,
                }
            )
        ).Admission;

    private MeshStep Play(MeshInput input)
    {
        var step = MeshMachine.Next(_state, input, At(_elapsed));
        _state = step.State;
        return step;
    }
}
