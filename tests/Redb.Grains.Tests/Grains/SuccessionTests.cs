using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Services;
using static Redb.Grains.Tests.Grains.GroupUnderTest;

namespace Redb.Grains.Tests.Grains;

/// <summary>What a second supervisor makes of what the first one left behind.</summary>
public sealed class SuccessionTests
{
    private const int Pid = 4711;

    [Fact]
    public async Task The_journal_never_says_of_a_stop_that_it_was_heard_before_it_has_begun()
    {
        await using var group = await CreateAsync([Plain("core")]);
        await group.Members.BeginAsync();
        await group.SeesAsync("core", ServicePhase.Ready);

        await group.Group.StopAsync(["core"]);
        await group.SeesAsync("core", ServicePhase.Stopping);

        var history = group.Journal.History(new("here", "default", "core")).ToArray();
        history
            .Where(memory => memory.Command == history[^1].Command)
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(memory => memory.Phase == ServicePhase.Stopping);
    }

    [Fact]
    public async Task A_run_that_lives_on_is_taken_over_and_not_started_again()
    {
        var journal = await LeaveAsync(Plain("core"), async first => await first.SeesAsync("core", ServicePhase.Ready));

        await using var second = await CreateAsync([Plain("core")], false, journal, ("core", Alive()));
        await second.Members.BeginAsync();

        var view = await second.SeesAsync("core", ServicePhase.Ready);
        (view.Run, view.Pid, view.Restarts).Should().Be((1, Pid, 0));
        second.Processes.HasMoreLaunches.Should().BeFalse();
        var events = await second.EventsAsync();
        events.Should().ContainSingle(item => item.Kind == EventKind.Adopted).Which.Message.Should().Contain("4711");
        events.Select(item => item.Sequence).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Events_that_are_not_at_hand_are_read_from_the_journal()
    {
        var journal = await LeaveAsync(Plain("core"), async first => await first.SeesAsync("core", ServicePhase.Ready));
        await using var second = await CreateAsync([Plain("core")], false, journal, ("core", Alive()));

        var older = await second.Group.ReadOlderEventsAsync(before: 4, count: 2);
        var nearest = await second.Group.ReadOlderEventsAsync(before: 4, count: 0);

        older.Select(happened => happened.Sequence).Should().Equal(2, 3);
        nearest.Select(happened => happened.Sequence).Should().Equal(3);
        (await second.Group.ReadOlderEventsAsync(before: 1, count: 1000)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_end_of_a_run_that_was_taken_over_is_answered_like_any_other()
    {
        var journal = await LeaveAsync(Plain("core"), async first => await first.SeesAsync("core", ServicePhase.Ready));
        await using var second = await CreateAsync([Plain("core")], false, journal, ("core", Alive()));
        await second.Members.BeginAsync();
        await second.SeesAsync("core", ServicePhase.Ready);

        await second.Processes.Live["core"].ExitsAsync(3);

        (await second.Processes.NextLaunchAsync()).Run.Should().Be(new RunId(2));
    }

    [Fact]
    public async Task What_ended_while_nobody_watched_is_told_once_and_started_again()
    {
        var journal = await LeaveAsync(Plain("core"), async first => await first.SeesAsync("core", ServicePhase.Ready));
        var ended = new AdoptResult.Ended(new(null, null, DateTimeOffset.UnixEpoch, ExitWitness.Nobody));

        await using var second = await CreateAsync([Plain("core")], false, journal, ("core", ended));
        await second.Members.BeginAsync();
        await second.SeesAsync(group => group.Services[0] is { Phase: ServicePhase.Ready, Run: 2 });

        await using var third = await CreateAsync([Plain("core")], false, second.Journal, ("core", Alive(run: 2)));
        await third.Members.BeginAsync();
        await third.SeesAsync("core", ServicePhase.Ready);
        (await third.EventsAsync())
            .Should()
            .ContainSingle(item => item.Kind == EventKind.Exited)
            .Which.Message.Should()
            .Contain("while no supervisor watched");
    }

    [Fact]
    public async Task A_launch_that_never_came_about_is_made_up_for()
    {
        var journal = await LeaveAsync(
            Speaking("core"),
            async first => await first.SeesAsync("core", ServicePhase.Starting)
        );

        await using var second = await CreateAsync([Speaking("core")], false, journal);
        await second.Members.BeginAsync();

        (await second.Processes.NextLaunchAsync()).Run.Should().Be(new RunId(2));
        (await second.EventsAsync()).Should().NotContain(item => item.Kind == EventKind.Exited);
    }

    [Fact]
    public async Task A_run_that_the_journal_missed_is_taken_over_under_its_own_number()
    {
        await using var group = await CreateAsync([Plain("core")], false, null, ("core", Alive(run: 9)));
        await group.Members.BeginAsync();

        var view = await group.SeesAsync("core", ServicePhase.Ready);

        (view.Run, view.Pid).Should().Be((9, Pid));
        group.Processes.HasMoreLaunches.Should().BeFalse();
    }

    [Fact]
    public async Task A_stop_that_was_under_way_is_completed()
    {
        var journal = await LeaveAsync(
            Plain("core"),
            async first =>
            {
                await first.SeesAsync("core", ServicePhase.Ready);
                await first.Group.StopAsync(["core"]);
                await first.SeesAsync("core", ServicePhase.Stopping);
            }
        );

        await using var second = await CreateAsync([Plain("core")], false, journal, ("core", Alive()));
        await second.Members.BeginAsync();

        (await second.Processes.NextSignalAsync()).Should().Be(new FakeProcesses.Signalled("core", new RunId(1), 15));
        await second.Processes.Live["core"].ExitsAsync(0);
        await second.SeesAsync("core", ServicePhase.Stopped);
        second.Processes.HasMoreLaunches.Should().BeFalse();
    }

    [Fact]
    public async Task The_id_a_run_was_given_is_still_good()
    {
        var id = "";
        var journal = await LeaveAsync(
            Speaking("core"),
            async first =>
            {
                await first.SeesAsync("core", ServicePhase.Starting);
                id = await first.RegisterAsync("core");
            }
        );
        await using var second = await CreateAsync([Speaking("core")], false, journal, ("core", Alive()));
        await second.Members.BeginAsync();

        (await second.BeatAsync("core", id)).IsKnown.Should().BeTrue();
        (await second.BeatAsync("core", $"core/{Guid.NewGuid():D}")).IsKnown.Should().BeFalse();
    }

    [Fact]
    public async Task An_id_that_was_not_written_down_in_time_is_recognised_by_its_form()
    {
        await using var group = await CreateAsync([Speaking("core")], false, null, ("core", Alive()));
        await group.Members.BeginAsync();
        var id = $"core/{Guid.NewGuid():D}";

        (await group.BeatAsync("core", "core/1")).IsKnown.Should().BeFalse();
        (await group.BeatAsync("core", $"mesh/{Guid.NewGuid():D}")).IsKnown.Should().BeFalse();
        (await group.BeatAsync("core", id)).IsKnown.Should().BeTrue();
        (await group.BeatAsync("core", $"core/{Guid.NewGuid():D}")).IsKnown.Should().BeFalse();
        (await group.BeatAsync("core", id)).IsKnown.Should().BeTrue();
    }

    [Fact]
    public async Task What_was_stopped_by_hand_stays_down_whoever_ends()
    {
        ServiceConfiguration[] services = [Plain("core"), Plain("mesh")];
        await using var first = await CreateAsync([.. services], areObedient: true);
        await first.Members.BeginAsync();
        await first.SeesAsync(GroupPhase.Ready);
        await first.Group.StopAsync(["core"]);
        await first.SeesAsync("core", ServicePhase.Stopped);
        await first.Members.EndAsync();
        await first.SeesAsync(GroupPhase.Stopped);

        await using var second = await CreateAsync([.. services], false, first.Journal);
        await second.Members.BeginAsync();

        await second.SeesAsync("mesh", ServicePhase.Ready);
        (await second.SettledAsync("core")).Phase.Should().Be(ServicePhase.Stopped);
    }

    [Fact]
    public async Task A_group_that_was_stopped_as_a_whole_is_started_by_a_supervisor_that_begins_anew()
    {
        await using var first = await CreateAsync([Plain("core")], areObedient: true);
        await first.Members.BeginAsync();
        await first.SeesAsync(GroupPhase.Ready);
        await first.Group.StopAsync([]);
        await first.SeesAsync(GroupPhase.Stopped);

        await using var crashed = await CreateAsync([Plain("core")], areObedient: true, first.Journal);
        await crashed.Members.BeginAsync();
        (await crashed.SettledAsync("core")).Phase.Should().Be(ServicePhase.Stopped);
        await crashed.Members.EndAsync();
        await crashed.SeesAsync(GroupPhase.Stopped);

        await using var anew = await CreateAsync([Plain("core")], false, crashed.Journal);
        await anew.Members.BeginAsync();
        await anew.SeesAsync("core", ServicePhase.Ready);
    }

    [Fact]
    public async Task A_service_that_has_given_up_is_tried_again_on_request_and_not_by_a_new_supervisor()
    {
        var doomed = Plain("core") with
        {
            Restart = new()
            {
                MaxFailures = 1,
                InitialDelay = TimeSpan.Zero,
                Jitter = 0,
            },
        };
        var journal = await LeaveAsync(
            doomed,
            async first =>
            {
                await (await first.Processes.NextLaunchAsync()).ExitsAsync(1);
                await (await first.Processes.NextLaunchAsync()).ExitsAsync(1);
                await first.SeesAsync("core", ServicePhase.CrashLoop);
            }
        );
        await using var second = await CreateAsync([doomed], false, journal);
        await second.Members.BeginAsync();
        (await second.SettledAsync("core")).Phase.Should().Be(ServicePhase.CrashLoop);

        var result = await second.Group.RetryAsync([]);

        result.Accepted.Should().Equal("core");
        await second.SeesAsync("core", ServicePhase.Ready);
        (await second.Group.RetryAsync([])).Accepted.Should().BeEmpty();
    }

    [Fact]
    public async Task A_retry_does_not_wait_for_the_restart_that_is_due()
    {
        var patient = Plain("core") with
        {
            Restart = new()
            {
                InitialDelay = TimeSpan.FromHours(1),
                MaxDelay = TimeSpan.FromHours(1),
                Jitter = 0,
            },
        };
        await using var group = await CreateAsync([patient]);
        await group.Members.BeginAsync();
        await (await group.Processes.NextLaunchAsync()).ExitsAsync(1);
        await (await group.Processes.NextLaunchAsync()).ExitsAsync(1);
        await group.SeesAsync("core", ServicePhase.BackingOff);

        await group.Group.RetryAsync(["core"]);

        await group.SeesAsync("core", ServicePhase.Ready);
    }

    private static AdoptResult.Alive Alive(long run = 1) =>
        new(new("boot", Pid, "1"), new(run), new DateTimeOffset(2026, 1, 1, 11, 0, 0, TimeSpan.Zero));

    /// <summary>The journal of a supervisor that began with one service and died once <paramref name="until"/> was over.</summary>
    private static async Task<FakeJournal> LeaveAsync(ServiceConfiguration service, Func<GroupUnderTest, Task> until)
    {
        await using var first = await CreateAsync([service]);
        await first.Members.BeginAsync();
        await until(first);
        await first.SettledAsync(service.Name);
        return first.Journal;
    }
}
