using Redb.Abstractions.Configuration;
using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Planning;
using Redb.Grains.Services;
using Redb.Grains.Tests.Grains;

namespace Redb.Grains.Tests.Instances;

public sealed class GroupOpeningTests
{
    private static readonly Moment Now = new(DateTimeOffset.UnixEpoch, TimeSpan.Zero);

    [Fact]
    public void A_group_that_is_new_starts()
    {
        var group = Plan("new");

        var opening = GroupOpening.Of(new("here", [group]), group, group.ToGraph(), new FakeJournal(), Stopped, Now);

        opening.Input.Should().BeOfType<GroupInput.StartRequested>();
        Foresee(new("here", [group]), group, new()).Begin(Now).Should().ContainSingle();
    }

    [Fact]
    public void A_group_that_is_new_on_a_cordoned_host_is_cordoned_and_starts_nothing()
    {
        var (old, added) = (Plan("old"), Plan("new"));
        var host = new HostPlan("here", [old, added]);
        var predecessor = new FakeJournal();
        predecessor.Write(new JournalEntry.OfGroup(old.Key, new GroupMemory { Cordon = new(Now.Wall, "new disks") }));
        var journal = new FakeJournal { Predecessor = predecessor };

        var opening = GroupOpening.Of(host, added, added.ToGraph(), journal, Stopped, Now);

        opening.State.Cordon!.Reason.Should().Be("new disks");
        var (state, effects, _) = GroupMachine.Next(opening.State, opening.Input, added.ToGraph(), Now);
        state.Wanted.Should().Be(Wanted.Down);
        effects.Should().AllSatisfy(effect => effect.Order.Wanted.Should().Be(Wanted.Down));
        Foresee(host, added, journal).Begin(Now).Should().BeEmpty();
    }

    private static ServicePhase Stopped(string service) => ServicePhase.Stopped;

    private static Foresight Foresee(HostPlan host, GroupPlan group, FakeJournal journal) =>
        new(host, group, journal, new FakeLogs(), (_, _) => new AdoptResult.NeverStarted(), Now);

    private static GroupPlan Plan(string group) =>
        new GroupPlanner("here", "/srv").Plan(
            new RedbConfiguration
            {
                Supervisor = new() { DataDirectory = "/data" },
                InstanceGroup = new() { GroupId = group },
                Services = [GroupUnderTest.Plain("core")],
            }
        );
}
