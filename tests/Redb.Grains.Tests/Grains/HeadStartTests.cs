using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Probes;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
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
    public async Task A_service_whose_process_lives_is_left_to_its_grain()
    {
        var journal = await LeftReadyAsync(Plain("core"));

        await using var second = await CreateAsync([Plain("core")], false, journal, ("core", Alive));

        second.HeadStarts.Should().BeEmpty();
    }

    [Fact]
    public async Task What_died_while_no_supervisor_watched_is_replaced_with_the_order_and_the_news_that_its_grain_gives()
    {
        ServiceConfiguration[] services = [Plain("mesh"), Needing("core", "mesh")];
        var journal = await LeftReadyAsync(services);
        await using var second = await CreateAsync([.. services], false, journal, ("mesh", Alive), ("core", Ended));

        var start = second.HeadStarts.Should().ContainSingle().Which;
        await second.Members.BeginAsync();

        start.Order.Should().Be((await second.Processes.NextLaunchAsync()).Order);
        (start.Order.Service.Service, start.Order.Run).Should().Be(("core", new RunId(2)));
        (start.Intent.Phase, start.Intent.Run, start.Intent.Restarts).Should().Be((ServicePhase.Starting, 2L, 1));
        await second.SeesAsync(GroupPhase.Ready);
        var told = (await second.EventsAsync()).Where(item => item.Service == "core").Select(item => item.Message);
        told.Should().ContainInConsecutiveOrder(start.News.Select(news => news.Message));
        start.News.Should().ContainSingle(news => news.Kind == EventKind.Exited);
    }

    [Fact]
    public async Task Whoever_needs_what_died_too_waits_for_its_replacement()
    {
        ServiceConfiguration[] services = [Notifying("mesh"), Needing("core", "mesh")];
        await using var first = await CreateAsync([.. services]);
        await first.Members.BeginAsync();
        var mesh = await first.Processes.NextLaunchAsync();
        await mesh.Reports.NotifiedAsync(mesh.Run);
        await first.SeesAsync(GroupPhase.Ready);
        await using var second = await CreateAsync(
            [.. services],
            false,
            first.Journal,
            ("mesh", Ended),
            ("core", Ended)
        );
        var foresight = second.Foresee();

        foresight.Begin(second.Now).Select(Name).Should().Equal("mesh");
        foresight.Launched("mesh", 1, second.Now).Should().BeEmpty();
        foresight.Notified("mesh", second.Now).Select(Name).Should().Equal("core");
    }

    [Fact]
    public async Task What_was_decided_ahead_is_not_told_again_and_goes_on()
    {
        var journal = await LeftReadyAsync(Plain("core"));
        await using var second = await CreateAsync([Plain("core")], false, journal, ("core", Ended));
        var start = second.HeadStarts.Should().ContainSingle().Which;

        second.Processes.Survivors["core"] = new AdoptResult.Ahead(
            start.Intent with
            {
                Process = Alive.Process,
            },
            new LaunchResult.Started(Alive.Process)
        );
        await second.Members.BeginAsync();

        var view = await second.SeesAsync("core", ServicePhase.Ready);
        (view.Run, view.Pid, view.Restarts).Should().Be((2, Alive.Process.Pid, 1));
        (await second.EventsAsync()).Should().NotContain(item => item.Kind == EventKind.Exited);
        second.Processes.HasMoreLaunches.Should().BeFalse();
    }

    [Fact]
    public async Task A_launch_that_was_decided_ahead_and_refused_is_tried_again_when_the_policy_says()
    {
        var journal = await LeftReadyAsync(Plain("core"));
        await using var second = await CreateAsync([Plain("core")], false, journal, ("core", Ended));
        var start = second.HeadStarts.Should().ContainSingle().Which;

        second.Processes.Survivors["core"] = new AdoptResult.Ahead(
            start.Intent,
            new LaunchResult.Refused("port 1 is taken")
        );
        await second.Members.BeginAsync();

        (await second.SeesAsync("core", ServicePhase.BackingOff)).Reason.Should().Be("port 1 is taken");
        second.Processes.HasMoreLaunches.Should().BeFalse();
    }

    [Fact]
    public async Task A_launch_that_was_decided_ahead_and_not_tried_is_done_by_the_grain()
    {
        await using var group = await CreateAsync([Plain("core")]);
        var start = group.HeadStarts.Should().ContainSingle().Which;

        group.Processes.Survivors["core"] = new AdoptResult.Ahead(start.Intent, Launch: null);
        await group.Members.BeginAsync();

        await group.Processes.NextLaunchAsync();
        await group.SeesAsync("core", ServicePhase.Ready);
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

    [Fact]
    public async Task Whoever_waits_for_a_service_that_said_it_is_ready_is_launched_with_the_very_order_that_its_grain_gives()
    {
        await using var group = await CreateAsync([Notifying("mesh"), Needing("core", "mesh"), Needing("mcp", "core")]);
        var foresight = group.Foresee();

        foresight.Begin(group.Now).Select(Name).Should().Equal("mesh");
        foresight.Launched("mesh", 1, group.Now).Should().BeEmpty();
        var core = foresight.Notified("mesh", group.Now).Should().ContainSingle().Which;
        var mcp = foresight.Launched("core", 2, group.Now).Should().ContainSingle().Which;

        await group.Members.BeginAsync();
        var mesh = await group.Processes.NextLaunchAsync();
        await mesh.Reports.NotifiedAsync(mesh.Run);
        (await group.Processes.NextLaunchAsync()).Order.Should().Be(core.Order);
        (await group.Processes.NextLaunchAsync()).Order.Should().Be(mcp.Order);
    }

    [Fact]
    public async Task Whoever_waits_for_a_service_that_has_to_be_asked_is_left_to_its_grain()
    {
        await using var group = await CreateAsync([Speaking("mesh"), Needing("core", "mesh")]);
        var foresight = group.Foresee();
        foresight.Begin(group.Now);

        foresight.Launched("mesh", 1, group.Now).Should().BeEmpty();
        foresight.Notified("mesh", group.Now).Should().BeEmpty();
    }

    [Fact]
    public async Task Whoever_waits_for_several_is_launched_when_the_last_of_them_is_ready()
    {
        await using var group = await CreateAsync([
            Notifying("mesh"),
            Notifying("anchor"),
            Plain("core", new DependencyConfiguration("mesh"), new DependencyConfiguration("anchor")),
        ]);
        var foresight = group.Foresee();
        foresight.Begin(group.Now);
        foresight.Launched("mesh", 1, group.Now);
        foresight.Launched("anchor", 2, group.Now);

        foresight.Notified("anchor", group.Now).Should().BeEmpty();
        foresight.Notified("mesh", group.Now).Select(Name).Should().Equal("core");
        foresight.Notified("mesh", group.Now).Should().BeEmpty();
    }

    private static AdoptResult.Alive Alive { get; } = new(new("boot", 4711, "1"), new(1), DateTimeOffset.UnixEpoch);

    private static AdoptResult.Ended Ended { get; } =
        new(new(null, null, DateTimeOffset.UnixEpoch, ExitWitness.Nobody));

    /// <summary>The journal of a supervisor that died when all its services were ready.</summary>
    private static async Task<FakeJournal> LeftReadyAsync(params ServiceConfiguration[] services)
    {
        await using var first = await CreateAsync([.. services]);
        await first.Members.BeginAsync();
        await first.SeesAsync(GroupPhase.Ready);
        return first.Journal;
    }

    private static string Name(HeadStart start) => start.Order.Service.Service;

    private static ServiceConfiguration Notifying(string name) =>
        Plain(name) with
        {
            Probes = new()
            {
                Startup = new() { Kind = ProbeKind.None },
                Readiness = new() { Kind = ProbeKind.Notify },
                Liveness = new() { Kind = ProbeKind.None },
            },
        };

    private static ServiceConfiguration Needing(string name, string dependency) =>
        Plain(name, new DependencyConfiguration(dependency));
}
