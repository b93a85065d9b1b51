using System.Collections.Immutable;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Hosts;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Hosts;

public sealed class DirectoryMachineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly DateTimeOffset Wall = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private ImmutableSortedDictionary<string, HostRecord> _records = DirectoryMachine.Empty;
    private double _seconds = 100;

    [Fact]
    public void A_host_that_reports_is_up_with_its_groups_as_they_are()
    {
        Report(Everything("b", "default"));

        var host = Only();
        (host.State, host.Host, host.Groups[0].Phase).Should().Be((HostState.Up, "b", GroupPhase.Ready));
    }

    [Fact]
    public void A_host_that_keeps_silent_is_Unknown_with_all_its_groups_and_services()
    {
        Report(Everything("b", "default"));

        Pass(12.4);

        var host = Only();
        (host.State, host.Reason).Should().Be((HostState.Unknown, "no sign of life"));
        host.SilentFor.TotalSeconds.Should().BeApproximately(12.4, 0.01);
        (host.Groups[0].Phase, host.Groups[0].Reason).Should().Be((GroupPhase.Unknown, "silent 12s, was Ready"));
        host.Groups[0].Since.Should().Be(At(100).Wall, "that is when it was last heard");
        host.Groups[0]
            .Services.Select(service => service.Phase)
            .Should()
            .Equal(ServicePhase.Unknown, ServicePhase.Disabled);
    }

    [Fact]
    public void A_mere_sign_of_life_is_nothing_new()
    {
        Report(Everything("b", "default"));
        var before = _records;
        Pass(1);

        Report(Everything("b", "default") with { Base = 2, Groups = [] });

        _records["silo-b"].Heard.Should().BeGreaterThan(before["silo-b"].Heard);
        DirectoryMachine.SaysTheSame(before, _records).Should().BeTrue();
    }

    [Fact]
    public void A_change_of_a_group_a_goodbye_a_death_and_another_host_are_something_new()
    {
        Report(Everything("b", "default"));
        var before = _records;
        var said = Everything("b", "default");
        HostReport[] news =
        [
            said with
            {
                Revision = 3,
            },
            said with
            {
                Facts = said.Facts with { IsLeaving = true },
            },
            said with
            {
                Generation = 2,
            },
            Everything("c", "default"),
        ];

        foreach (var report in news)
        {
            _records = before;
            Report(report);

            DirectoryMachine.SaysTheSame(before, _records).Should().BeFalse();
        }

        _records = before;
        See(new DirectoryMember("silo-b", 1, "b", "10.0.0.2:1", IsDead: true));
        DirectoryMachine.SaysTheSame(before, _records).Should().BeFalse();
    }

    [Fact]
    public void A_host_that_the_others_declared_dead_is_Unknown_at_once_and_back_with_its_next_life()
    {
        Report(Everything("b", "default"));
        See(new DirectoryMember("silo-b", 1, "b", "10.0.0.2:1", IsDead: true));
        (Only().State, Only().Reason).Should().Be((HostState.Unknown, "the other supervisors declared it dead"));

        See(
            new DirectoryMember("silo-b", 1, "b", "10.0.0.2:1", IsDead: true),
            new DirectoryMember("silo-b", 2, "b", "10.0.0.2:1", IsDead: false)
        );
        Only().Groups[0].Phase.Should().Be(GroupPhase.Unknown, "its new life has said nothing yet");
        Report(Everything("b", "default") with { Generation = 2 });

        Only().Groups[0].Phase.Should().Be(GroupPhase.Ready);
    }

    [Fact]
    public void A_host_that_said_good_bye_has_left_and_what_it_stopped_stays_stopped()
    {
        Report(
            Everything("b", "default", "left-running") with
            {
                Facts = Facts("b") with { IsLeaving = true },
                Groups = [View("b", "default") with { Phase = GroupPhase.Stopped }, View("b", "left-running")],
            }
        );
        Pass(3600);

        Only().State.Should().Be(HostState.Left);
        Only().Groups.Select(group => group.Phase).Should().Equal(GroupPhase.Stopped, GroupPhase.Unknown);
    }

    [Fact]
    public void What_an_earlier_life_said_late_changes_nothing()
    {
        Report(Everything("b", "default") with { Generation = 2 });

        Report(Everything("b", "old") with { Generation = 1 });

        Only().Groups.Select(group => group.Group).Should().Equal("default");
    }

    [Fact]
    public void A_report_that_builds_on_one_that_was_lost_is_a_sign_of_life_and_asks_for_everything()
    {
        Report(Everything("b", "default"));
        Pass(10);

        var missed = Report(new HostReport("silo-b", 1, Base: 5, Revision: 6, Facts("b"), [View("b", "late")]));

        missed.Should().Equal("silo-b");
        Only().State.Should().Be(HostState.Up);
        Only().Groups.Select(group => group.Group).Should().Equal("default");
    }

    [Fact]
    public void Who_did_not_run_itself_does_not_call_the_others_silent()
    {
        Report(Everything("b", "default"));

        Pass(60);
        Hear(new DirectoryInput.Slept(TimeSpan.FromSeconds(59)));

        Only().State.Should().Be(HostState.Up);
    }

    [Fact]
    public void What_an_earlier_supervisor_knew_is_shown_with_its_age_until_the_host_says_more()
    {
        Report(Everything("b", "default"));
        ImmutableArray<HostRecord> file = [.. _records.Values];
        _records = DirectoryMachine.Empty;
        _seconds = 40; // Another process has another monotonic clock; the wall's goes on.

        var wall = At(100).Wall + TimeSpan.FromMinutes(5);
        _records = DirectoryMachine
            .Next(_records, new DirectoryInput.Remembered(file), new(wall, At(40).Monotonic))
            .Records;

        var host = DirectoryMachine.Show(_records, Patience, new(wall, At(40).Monotonic)).Single();
        (host.State, host.SilentFor).Should().Be((HostState.Unknown, TimeSpan.FromMinutes(5)));
        host.Groups[0].Reason.Should().Be("silent 300s, was Ready");
    }

    [Fact]
    public void A_supervisor_that_got_other_groups_takes_the_place_of_the_one_it_was()
    {
        Report(Everything("b", "default"));
        See(new DirectoryMember("silo-b", 1, "b", "10.0.0.2:1", IsDead: true));

        Report(Everything("b", "default", "second") with { Silo = "silo-b+second", Generation = 2 });

        Only().Silo.Should().Be("silo-b+second");
    }

    [Fact]
    public void Forgetting_a_host_leaves_alone_what_is_there()
    {
        Report(Everything("b", "default"));
        Hear(new DirectoryInput.ForgetRequested("b"));
        _records.Should().HaveCount(1);

        See(new DirectoryMember("silo-b", 1, "b", "10.0.0.2:1", IsDead: true));
        Hear(new DirectoryInput.ForgetRequested("b"));

        _records.Should().BeEmpty();
    }

    private static GroupView View(string host, string group) =>
        new()
        {
            Host = host,
            Group = group,
            Phase = GroupPhase.Ready,
            Services =
            [
                new() { Name = "core", Phase = ServicePhase.Ready },
                new() { Name = "off", Phase = ServicePhase.Disabled },
            ],
        };

    private static HostFacts Facts(string host) => new(host, "10.0.0.2:1", "1.0", 7, Wall, IsLeaving: false);

    private static HostReport Everything(string host, params ReadOnlySpan<string> groups) =>
        new(
            $"silo-{host}",
            1,
            Base: 0,
            Revision: 2,
            Facts(host),
            [.. groups.ToArray().Select(group => View(host, group))]
        );

    private static Moment At(double seconds) =>
        new(Wall + TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));

    private ImmutableArray<string> Report(HostReport report) => Hear(new DirectoryInput.Reported(report));

    private void See(params ImmutableArray<DirectoryMember> members) =>
        Hear(new DirectoryInput.MembersChanged(members));

    private ImmutableArray<string> Hear(DirectoryInput input)
    {
        (_records, var missed) = DirectoryMachine.Next(_records, input, At(_seconds));
        return missed;
    }

    private void Pass(double seconds) => _seconds += seconds;

    private HostView Only() => DirectoryMachine.Show(_records, Patience, At(_seconds)).Should().ContainSingle().Which;
}
