using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Instances;
using Redb.Grains.Services;
using static Redb.Grains.Tests.Instances.GroupScript;

namespace Redb.Grains.Tests.Instances;

public sealed class GroupMachineTests
{
    [Fact]
    public void A_start_launches_what_needs_nothing_and_holds_the_rest_back()
    {
        var group = Diamond().Start();

        group.Launched.Should().Equal("mesh");
        group["core"].Gate.Should().Be(new Gate(false, "waits for mesh", StopsRun: false));
        group["api"].Gate.Reason.Should().Be("waits for core, anchor");
        group.Phase.Should().Be(GroupPhase.Starting);
    }

    [Fact]
    public void A_service_that_becomes_ready_opens_the_gates_of_all_who_waited_only_for_it()
    {
        var group = Diamond().Start().Says("mesh", ServicePhase.Starting);
        group.Launched.Should().BeEmpty();

        group.Says("mesh", ServicePhase.Ready);

        group.Launched.Should().BeEquivalentTo("core", "anchor");
        group.Says("core", ServicePhase.Ready).Launched.Should().BeEmpty();
        group.Says("anchor", ServicePhase.Degraded).Launched.Should().Equal("api");
    }

    [Fact]
    public void A_stop_goes_from_the_dependents_to_what_they_need()
    {
        var group = Diamond().Ready().Stop();
        group.Stopped.Should().Equal("api");

        group.Says("api", ServicePhase.Stopping, Wanted.Down).Says("api", ServicePhase.Stopped, Wanted.Down);
        group.Stopped.Should().BeEquivalentTo("core", "anchor");
        group.Says("core", ServicePhase.Stopped, Wanted.Down).Says("anchor", ServicePhase.Stopped, Wanted.Down);
        group.Stopped.Should().Equal("mesh");
        group.Says("mesh", ServicePhase.Stopped, Wanted.Down).Answers();

        group.Phase.Should().Be(GroupPhase.Stopped);
    }

    [Fact]
    public void A_lost_dependency_that_is_ignored_leaves_its_dependent_alone()
    {
        var group = Pair(OnLost.Ignore).Ready();

        group.Says("mesh", ServicePhase.Unhealthy);

        group.Effects.Should().BeEmpty();
    }

    [Fact]
    public void A_lost_dependency_that_holds_stops_the_run_until_it_is_back()
    {
        var group = Pair(OnLost.Hold).Ready();

        group.Says("mesh", ServicePhase.BackingOff);

        group["core"].Gate.Should().Be(new Gate(false, "waits for mesh", StopsRun: true));
        group.Says("core", ServicePhase.Stopping).Says("core", ServicePhase.Pending);
        group.Says("mesh", ServicePhase.Ready).Launched.Should().Equal("core");
    }

    [Fact]
    public void A_lost_dependency_that_restarts_does_so_once_it_is_back()
    {
        var group = Pair(OnLost.Restart).Ready();

        group.Says("mesh", ServicePhase.Starting).Effects.Should().BeEmpty();
        group.Says("mesh", ServicePhase.Ready);

        group.Stopped.Should().Equal("core");
        group.Says("core", ServicePhase.Stopped, Wanted.Down).Launched.Should().Equal("core");
    }

    [Fact]
    public void A_dependent_that_ended_by_itself_meanwhile_owes_no_restart()
    {
        var group = Pair(OnLost.Restart).Ready().Says("mesh", ServicePhase.Starting);

        group.Says("core", ServicePhase.BackingOff).Says("mesh", ServicePhase.Ready);
        group.Says("core", ServicePhase.Starting);

        group.Effects.Should().BeEmpty();
    }

    [Fact]
    public void A_lost_dependency_that_stops_stops_for_good()
    {
        var group = Pair(OnLost.Stop).Ready();

        group.Says("mesh", ServicePhase.CrashLoop);

        group.Stopped.Should().Equal("core");
        group.Says("core", ServicePhase.Stopped, Wanted.Down).Says("mesh", ServicePhase.Ready);
        group.Launched.Should().BeEmpty();
    }

    [Fact]
    public void A_restart_of_the_group_stops_everything_before_it_starts_anything()
    {
        var group = Pair(OnLost.Ignore).Ready().Restart();
        group.Stopped.Should().Contain("core");

        group.Says("core", ServicePhase.Stopped, Wanted.Down);
        group.Stopped.Should().Equal("mesh");
        group.Launched.Should().BeEmpty();
        group.Says("mesh", ServicePhase.Stopped, Wanted.Down);

        group.Launched.Should().Equal("mesh");
        group["core"].Wanted.Should().Be(Wanted.Up);
        group["core"].Gate.Reason.Should().Be("waits for mesh");
    }

    [Fact]
    public void A_restart_of_one_service_leaves_its_dependents_alone()
    {
        var group = Pair(OnLost.Ignore).Ready().Restart("mesh");
        group.Stopped.Should().Equal("mesh");

        group.Says("mesh", ServicePhase.Stopped, Wanted.Down);

        group.Effects.Select(effect => effect.Service).Should().Equal("mesh");
        group.Launched.Should().Equal("mesh");
    }

    [Fact]
    public void Two_restarts_at_once_are_one()
    {
        var group = Pair(OnLost.Ignore).Ready().Restart("core");

        group.Restart("core").Says("core", ServicePhase.Stopped, Wanted.Down);

        group.Launched.Should().Equal("core");
        group.Says("core", ServicePhase.Ready).Effects.Should().BeEmpty();
    }

    [Fact]
    public void One_service_of_a_stopped_group_can_be_started()
    {
        var group = Diamond().Start("mesh");

        group.Effects.Where(effect => effect.Order.Wanted == Wanted.Up).Should().ContainSingle();
        group.Launched.Should().Equal("mesh");
        group.State.Wanted.Should().Be(Wanted.Up);
    }

    [Fact]
    public void A_stop_during_a_start_stops_at_once_who_only_waits_and_then_who_has_a_process()
    {
        var group = Diamond().Start().Says("mesh", ServicePhase.Starting);
        foreach (var name in (string[])["core", "anchor", "api"])
        {
            group.Says(name, ServicePhase.Pending);
        }

        group.Stop();

        group.Stopped.Should().BeEquivalentTo("core", "anchor", "api");
        group.Says("core", ServicePhase.Stopped).Says("anchor", ServicePhase.Stopped);
        group.Stopped.Should().Equal("mesh");
    }

    [Fact]
    public void A_start_during_a_stop_starts_what_is_down_and_keeps_what_is_up()
    {
        var group = Pair(OnLost.Ignore).Ready().Stop().Says("core", ServicePhase.Stopping, Wanted.Down);

        group.Start();

        group["mesh"].IsLeaving.Should().BeFalse();
        group["core"].Wanted.Should().Be(Wanted.Up);
        group.Phase.Should().Be(GroupPhase.Starting);
    }

    [Fact]
    public void Orders_to_a_service_are_numbered_without_a_gap()
    {
        var group = Pair(OnLost.Ignore);
        var numbers = new List<long>();
        void Collect() => numbers.AddRange(group.Effects.Where(e => e.Service == "core").Select(e => e.Order.Number));

        group.Start();
        Collect();
        group.Says("mesh", ServicePhase.Ready);
        Collect();
        group.Stop();
        Collect();

        numbers.Should().Equal(1, 2, 3);
    }

    [Fact]
    public void A_service_that_has_not_heard_its_last_order_is_not_down()
    {
        var group = Pair(OnLost.Ignore).Start("mesh");

        group.Stop();
        group.SaysUnheard("mesh", ServicePhase.Stopped, Wanted.Down);

        group["mesh"].IsDown.Should().BeFalse();
        group.Phase.Should().Be(GroupPhase.Stopping);
    }

    [Fact]
    public void What_a_service_wants_counts_only_once_it_has_heard_what_we_want()
    {
        var group = Pair(OnLost.Ignore).Start();

        group.SaysUnheard("mesh", ServicePhase.Stopped, Wanted.Down);

        group["mesh"].Wanted.Should().Be(Wanted.Up);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(60_000, 60_000)]
    [InlineData(long.MaxValue / 10_000, 86_400_000)]
    public void A_grace_that_no_timer_can_wait_for_is_brought_within_bounds(long milliseconds, long expected)
    {
        var group = Pair(OnLost.Ignore).Ready();

        group.Play(new GroupInput.StopRequested(["core"], TimeSpan.FromMilliseconds(milliseconds)));

        group["core"].Grace.Should().Be(TimeSpan.FromMilliseconds(expected));
    }

    [Fact]
    public void A_long_list_of_missing_dependencies_is_cut_short() =>
        new GroupScript(Node("a"), Node("b"), Node("c"), Node("d"), Node("e", On("a"), On("b"), On("c"), On("d")))
            .Start()["e"]
            .Gate.Reason.Should()
            .Be("waits for a, b, c and 1 more");

    private static GroupScript Pair(OnLost onLost) => new(Node("mesh"), Node("core", On("mesh", onLost)));

    private static GroupScript Diamond() =>
        new(Node("mesh"), Node("core", On("mesh")), Node("anchor", On("mesh")), Node("api", On("core"), On("anchor")));
}
