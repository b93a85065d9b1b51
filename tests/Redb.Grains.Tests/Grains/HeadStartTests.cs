using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Services;
using static Redb.Grains.Tests.Grains.GroupUnderTest;

namespace Redb.Grains.Tests.Grains;

/// <summary>What is launched before the grains are there is exactly what they order when they are.</summary>
public sealed class HeadStartTests
{
    [Fact]
    public async Task Services_that_wait_for_nobody_are_launched_with_the_very_orders_that_their_grains_give()
    {
        await using var group = await CreateAsync([Speaking("mesh"), Speaking("anchor"), Needing("core", "mesh")]);

        var foreseen = group.HeadStarts;
        await group.Members.BeginAsync();

        foreseen.Select(start => start.Order.Service.Service).Should().BeEquivalentTo("mesh", "anchor");
        LaunchOrder[] ordered =
        [
            (await group.Processes.NextLaunchAsync()).Order,
            (await group.Processes.NextLaunchAsync()).Order,
        ];
        ordered
            .Should()
            .BeEquivalentTo(foreseen.Select(start => start.Order), options => options.WithoutStrictOrdering());
        ordered.Should().OnlyContain(order => foreseen.Any(start => start.Order == order));
    }

    [Fact]
    public async Task The_journal_gets_to_know_the_intent_under_the_number_of_the_run()
    {
        await using var group = await CreateAsync([Plain("core")]);

        var start = group.HeadStarts.Should().ContainSingle().Which;

        start.Order.Run.Should().Be(new RunId(1));
        (start.Intent.Phase, start.Intent.Run, start.Intent.Wanted).Should().Be((ServicePhase.Starting, 1L, Wanted.Up));
        (start.Intent.Process, start.Intent.Command).Should().Be((null, 0L));
    }

    [Fact]
    public async Task After_an_end_in_order_everything_starts_again_but_what_somebody_stopped_by_name()
    {
        await using var first = await CreateAsync([Plain("mesh"), Plain("core")], areObedient: true);
        await first.Members.BeginAsync();
        await first.SeesAsync(GroupPhase.Ready);
        await first.Group.StopAsync(["mesh"]);
        await first.SeesAsync("mesh", ServicePhase.Stopped);
        await first.Members.EndAsync();
        await first.SeesAsync(GroupPhase.Stopped);

        await using var second = await CreateAsync([Plain("mesh"), Plain("core")], false, first.Journal);
        var foreseen = second.HeadStarts;
        await second.Members.BeginAsync();

        var start = foreseen.Should().ContainSingle().Which;
        start.Order.Should().Be((await second.Processes.NextLaunchAsync()).Order);
        (start.Order.Service.Service, start.Order.Run).Should().Be(("core", new RunId(2)));
        (await second.SettledAsync("mesh")).Phase.Should().Be(ServicePhase.Stopped);
        second.Processes.HasMoreLaunches.Should().BeFalse();
    }

    [Fact]
    public async Task A_service_that_had_a_process_is_left_to_its_grain()
    {
        await using var first = await CreateAsync([Plain("core")]);
        await first.Members.BeginAsync();
        await first.SeesAsync("core", ServicePhase.Ready);

        await using var second = await CreateAsync([Plain("core")], false, first.Journal);

        second.HeadStarts.Should().BeEmpty();
    }

    [Fact]
    public async Task A_service_that_waits_for_its_next_try_goes_on_waiting()
    {
        await using var first = await CreateAsync([Plain("core")]);
        first.Processes.Refusals["core"] = "no such program";
        await first.Members.BeginAsync();
        await first.SeesAsync("core", ServicePhase.BackingOff);

        await using var second = await CreateAsync([Plain("core")], false, first.Journal);

        second.HeadStarts.Should().BeEmpty();
    }

    private static ServiceConfiguration Needing(string name, string dependency) =>
        Plain(name, new DependencyConfiguration(dependency));
}
