using Redb.Abstractions.Mesh;
using Redb.Grains.Mesh;

namespace Redb.Grains.Tests.Mesh;

public sealed class LinkMachineTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly LinkScript _links = new(own: 5);

    [Fact]
    public void A_mesh_service_that_comes_up_is_asked_for_its_sessions_before_any_is_added()
    {
        _links.Peers(Nodes.Ready(7)).Up();

        _links.Looks.Should().BeTrue();
        _links.Attempts.Should().BeEmpty();
        _links.Sees().Attempts.Should().Equal(7UL);
    }

    [Fact]
    public void A_session_that_is_there_already_is_not_added()
    {
        _links.Peers(Nodes.Ready(7), Nodes.Ready(8)).Up();

        _links.Sees(7).Attempts.Should().Equal(8UL);

        _links.State.Connected.Should().Be(1);
        _links[7].Phase.Should().Be(MeshLinkPhase.Connected);
    }

    [Fact]
    public void The_node_with_the_higher_id_lets_the_other_one_try_first()
    {
        _links.Up().Sees().Peers(Nodes.Ready(3), Nodes.Ready(7));

        _links.Attempts.Should().Equal(7UL);
        _links.ComeBack.Should().Be(MeshPolicy.HigherWaits);
        _links.After(MeshPolicy.HigherWaits).Attempts.Should().Equal(3UL);
    }

    [Fact]
    public void A_node_is_no_peer_of_its_own()
    {
        _links.Up().Sees().Peers(Nodes.Ready(5));

        _links.State.Links.Should().BeEmpty();
    }

    [Fact]
    public void Who_turns_out_to_be_the_node_itself_is_a_peer_no_longer()
    {
        _links.Peers(Nodes.Ready(5), Nodes.Ready(7)).Up().Sees();

        _links.Attempts.Should().Equal(7UL);
    }

    [Fact]
    public void A_peer_that_is_not_ready_is_left_alone_until_it_is()
    {
        _links.Up().Sees().Peers(Nodes.Claimed(7)).After(Long).Attempts.Should().BeEmpty();
        _links[7].Show().Reason.Should().Contain("not ready");

        _links.Peers(Nodes.Ready(7)).Attempts.Should().Equal(7UL);
    }

    [Fact]
    public void Failures_are_tried_again_ever_more_rarely()
    {
        _links.Up().Sees().Peers(Nodes.Ready(7));
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 8; i++)
        {
            _links.Fails(7);
            waits.Add(_links[7].Due - _links.Elapsed);
            _links.After(waits[^1]).Attempts.Should().Equal(7UL);
        }

        waits.Should().BeInAscendingOrder();
        waits[0].Should().BeGreaterThan(TimeSpan.Zero);
        waits[^1].Should().Be(MeshPolicy.Attempts.MaxDelay);
    }

    [Fact]
    public void Another_node_at_the_address_is_no_session_with_the_peer()
    {
        _links.Up().Sees().Peers(Nodes.Ready(7));

        _links.Play(new LinkInput.Attempted(1, 7, new AddResult.Connected(9)));

        _links[7].Phase.Should().Be(MeshLinkPhase.Waiting);
        _links[7].Reason.Should().Be("10.0.0.7:10001 is node 9");
    }

    [Fact]
    public void A_lost_session_is_added_again()
    {
        _links.Up().Sees().Peers(Nodes.Ready(7)).Succeeds(7).After(TimeSpan.FromSeconds(2));
        _links.Looks.Should().BeTrue();

        _links.Sees().Attempts.Should().Equal(7UL);
    }

    [Fact]
    public void A_look_that_began_before_the_session_stood_does_not_lose_it()
    {
        _links.Peers(Nodes.Ready(7)).Up();
        var asked = _links.Elapsed - TimeSpan.FromMilliseconds(1);
        _links.Sees().Succeeds(7);

        _links.Play(new LinkInput.Seen(1, asked, new HashSet<ulong>()));

        _links[7].Phase.Should().Be(MeshLinkPhase.Connected);
    }

    [Fact]
    public void After_a_restart_of_the_mesh_service_every_session_is_added_again()
    {
        _links.Up().Sees().Peers(Nodes.Ready(7), Nodes.Ready(8)).Succeeds(7).Succeeds(8);

        _links.Play(new LinkInput.Down()).State.Connected.Should().Be(0);

        _links.Up(run: 2).Sees().Attempts.Should().BeEquivalentTo([7UL, 8UL]);
    }

    [Fact]
    public void A_restart_of_the_peer_is_not_waited_for_until_the_back_off_is_over()
    {
        _links.Up().Sees().Peers(Nodes.Ready(7)).Fails(7).Peers(Nodes.Ready(7, run: 2));

        _links.Attempts.Should().Equal(7UL);
    }

    [Fact]
    public void A_peer_that_leaves_is_dropped_and_what_is_seen_of_it_later_too()
    {
        _links.Up().Sees().Peers(Nodes.Ready(7)).Succeeds(7);

        _links.Left(7).Drops.Should().Equal(7UL);

        _links.Sees(7).Drops.Should().Equal(7UL);
        _links.Sees().Drops.Should().BeEmpty();
        _links.State.Leftovers.Should().BeEmpty();
    }

    [Fact]
    public void A_session_that_somebody_made_by_hand_is_shown_and_left_alone()
    {
        _links.Up().Sees(99);

        _links.Drops.Should().BeEmpty();
        _links.State.Others.Should().Equal(99UL);
    }

    [Fact]
    public void News_of_an_earlier_run_changes_nothing()
    {
        _links.Up().Sees().Peers(Nodes.Ready(7)).Up(run: 2).Sees();
        var before = _links.State;

        _links.Play(new LinkInput.Attempted(1, 7, new AddResult.Connected(7)));
        _links.Play(new LinkInput.Seen(1, _links.Elapsed, new HashSet<ulong> { 7 }));

        _links.State.Connected.Should().Be(0);
        _links.State.InFlight.SetEquals(before.InFlight).Should().BeTrue();
    }

    [Fact]
    public void A_mesh_service_that_does_not_say_which_sessions_it_has_is_asked_for_them_all_the_same()
    {
        _links.Peers(Nodes.Ready(7)).Up();

        _links.Play(new LinkInput.NotSeen(1)).Attempts.Should().Equal(7UL);
    }

    [Fact]
    public void No_more_attempts_are_under_way_than_may_be()
    {
        var peers = Enumerable.Range(6, 100).Select(id => Nodes.Ready((ulong)id)).ToArray();

        _links.Up().Sees().Peers(peers).Attempts.Should().HaveCount(MeshPolicy.MostInFlight);

        _links.Succeeds(6).Attempts.Should().ContainSingle();
    }

    [Fact]
    public void In_a_large_mesh_the_sessions_are_looked_at_less_often()
    {
        var policy = new MeshPolicy(new());

        policy.VerifyEvery(10).Should().Be(TimeSpan.FromSeconds(2));
        policy.VerifyEvery(1000).Should().Be(TimeSpan.FromSeconds(10));
    }
}
