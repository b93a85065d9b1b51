using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using static Redb.Grains.Tests.Instances.GroupScript;

namespace Redb.Grains.Tests.Instances;

public sealed class GroupPhasesTests
{
    [Fact]
    public void A_group_is_ready_when_everybody_is() => Group().Ready().Phase.Should().Be(GroupPhase.Ready);

    [Fact]
    public void A_group_of_nobody_is_ready_as_soon_as_it_is_wanted() =>
        new GroupScript().Start().Phase.Should().Be(GroupPhase.Ready);

    [Fact]
    public void A_required_service_that_gives_up_fails_its_group_and_is_named()
    {
        var group = Group().Ready().Says("core", ServicePhase.CrashLoop);

        group.Phase.Should().Be(GroupPhase.Failed);
        group.State.Reason.Should().Be("core CrashLoop");
    }

    [Fact]
    public void An_optional_service_that_gives_up_degrades_its_group()
    {
        var group = Group().Start().Says("core", ServicePhase.Ready).Says("hook", ServicePhase.Failed);

        group.Phase.Should().Be(GroupPhase.Degraded);
        group.State.Reason.Should().Be("hook Failed");
    }

    [Fact]
    public void A_service_that_comes_and_goes_degrades_a_group_that_was_ready() =>
        Group().Ready().Says("core", ServicePhase.Starting).Phase.Should().Be(GroupPhase.Degraded);

    [Fact]
    public void A_stopped_part_degrades_the_group()
    {
        var group = Group().Ready().Stop("hook").Says("hook", ServicePhase.Stopped, Wanted.Down);

        group.Phase.Should().Be(GroupPhase.Degraded);
        group.State.Wanted.Should().Be(Wanted.Up);
    }

    [Fact]
    public void A_group_that_is_restarted_is_starting_and_not_ready_any_more()
    {
        var group = Group().Ready().Restart();
        group.Phase.Should().Be(GroupPhase.Starting);

        group.Says("core", ServicePhase.Stopped, Wanted.Down).Says("hook", ServicePhase.Stopped, Wanted.Down);

        group.Phase.Should().Be(GroupPhase.Starting);
    }

    [Fact]
    public void A_failure_that_is_asked_to_begin_again_is_forgotten_at_once()
    {
        var group = Group().Ready().Says("core", ServicePhase.CrashLoop);

        group.Start("core");

        group.Phase.Should().NotBe(GroupPhase.Failed);
        group["core"].Show(View(ServicePhase.CrashLoop, Wanted.Up)).Phase.Should().Be(ServicePhase.Pending);
        group.Says("core", ServicePhase.CrashLoop).Phase.Should().Be(GroupPhase.Failed);
    }

    [Fact]
    public void A_service_that_waits_for_its_turn_to_stop_is_wanted_down()
    {
        var group = new GroupScript(Node("mesh"), Node("core", On("mesh"))).Ready().Stop();

        var shown = group["mesh"].Show(View(ServicePhase.Ready, Wanted.Up));

        shown.Wanted.Should().Be(Wanted.Down);
        shown.Phase.Should().Be(ServicePhase.Ready);
    }

    [Fact]
    public void A_service_that_is_being_restarted_is_wanted_up()
    {
        var group = Group().Ready().Restart("core").Says("core", ServicePhase.Stopping, Wanted.Down);

        group["core"].Show(View(ServicePhase.Stopping, Wanted.Down)).Wanted.Should().Be(Wanted.Up);
    }

    [Fact]
    public void A_stopping_group_names_at_most_three_it_waits_for()
    {
        var group = new GroupScript(Node("a"), Node("b"), Node("c"), Node("d"), Node("e")).Ready();

        group.Stop();

        group.Phase.Should().Be(GroupPhase.Stopping);
        group.State.Reason.Should().Be("a Ready, b Ready, c Ready and 2 more");
    }

    private static ServiceView View(ServicePhase phase, Wanted wanted) =>
        new()
        {
            Name = "core",
            Phase = phase,
            Wanted = wanted,
        };

    private static GroupScript Group() => new(Node("core"), Optional("hook"));
}
