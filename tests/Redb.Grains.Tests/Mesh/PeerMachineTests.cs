using CsCheck;
using Redb.Abstractions.Mesh;
using Redb.Grains.Mesh;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Mesh;

public sealed class PeerMachineTests
{
    private PeerState _state = new();

    [Fact]
    public void A_difference_from_what_is_not_known_is_a_gap()
    {
        Hear(All(1, 5, Nodes.Ready(1)));

        Hear(Difference(1, 7, 8, Nodes.Ready(2))).HasGap.Should().BeTrue();
        Hear(Difference(2, 5, 6, Nodes.Ready(2))).HasGap.Should().BeTrue();
        _state.Nodes.Keys.Should().Equal(1UL);
    }

    [Fact]
    public void News_that_was_heard_already_changes_nothing()
    {
        Hear(All(1, 5, Nodes.Ready(1)));
        Hear(Difference(1, 5, 6, Nodes.Ready(2)));

        var step = Hear(Difference(1, 5, 6, Nodes.Ready(2)));

        step.Changed.Should().BeEmpty();
        step.HasGap.Should().BeFalse();
    }

    [Fact]
    public void A_new_epoch_takes_nobody_away_before_everybody_had_the_time_to_speak()
    {
        Hear(All(1, 5, Nodes.Ready(1), Nodes.Ready(2)));

        Hear(All(2, 1, Nodes.Ready(1))).Left.Should().BeEmpty();
        Hear(Difference(2, 1, 2, Nodes.Ready(3))).Left.Should().BeEmpty();
        var step = Hear(Difference(2, 2, 2) with { IsSettled = true });

        step.Left.Should().Equal(2UL);
        _state.Nodes.Keys.Should().BeEquivalentTo([1UL, 3UL]);
    }

    [Fact]
    public void Within_an_epoch_who_is_not_named_has_left()
    {
        Hear(All(1, 5, Nodes.Ready(1), Nodes.Ready(2)));

        Hear(All(1, 9, Nodes.Ready(1))).Left.Should().Equal(2UL);
    }

    [Fact]
    public void However_news_is_lost_doubled_or_late_who_asks_again_knows_what_the_mesh_knows() =>
        Gen.Int[0, 1000]
            .Array[1, 60]
            .Sample(
                dice =>
                {
                    var now = new Moment(default, TimeSpan.FromHours(1));
                    var mesh = MeshState.Begin(1, new(default, TimeSpan.Zero));
                    var (peers, late) = (new PeerState(), new List<MeshNews>());
                    foreach (var die in dice)
                    {
                        var before = mesh.Revision;
                        mesh = MeshMachine.Next(mesh, Change(die), now).State;
                        var news = MeshMachine.NewsSince(mesh, mesh.Epoch, before, now);
                        late.AddRange(news is null ? [] : [news]);
                        if (late.Count > 0 && die % 3 > 0)
                        {
                            peers = PeerMachine.Hear(peers, late[die % late.Count]).State;
                        }
                    }

                    var answer = MeshMachine.NewsSince(mesh, peers.Epoch, peers.Revision, now);
                    peers = answer is null ? peers : PeerMachine.Hear(peers, answer).State;

                    peers.Nodes.Values.Should().BeEquivalentTo(mesh.Members.Values.Select(member => member.Node));
                },
                iter: 2000
            );

    private static MeshInput Change(int die)
    {
        var id = (ulong)(die % 7) + 1;
        return die % 4 == 0
            ? new MeshInput.Left($"h{id}/g{id}")
            : new MeshInput.Announced(new() { Node = Nodes.Ready(id, die), Lease = TimeSpan.FromDays(1) });
    }

    private static MeshNews All(long epoch, long to, params MeshNode[] nodes) =>
        new()
        {
            Epoch = epoch,
            From = -1,
            To = to,
            Nodes = [.. nodes],
        };

    private static MeshNews Difference(long epoch, long from, long to, params MeshNode[] nodes) =>
        All(epoch, to, nodes) with
        {
            From = from,
        };

    private PeerStep Hear(MeshNews news)
    {
        var step = PeerMachine.Hear(_state, news);
        _state = step.State;
        return step;
    }
}
