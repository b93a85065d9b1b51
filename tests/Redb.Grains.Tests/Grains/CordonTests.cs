using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using static Redb.Grains.Tests.Grains.GroupUnderTest;

namespace Redb.Grains.Tests.Grains;

/// <summary>A cordoned host starts nothing that does not run there, neither by command nor by itself, and its journal remembers that.</summary>
public sealed class CordonTests
{
    [Fact]
    public async Task Commands_are_refused_with_the_reason_and_carried_out_by_force()
    {
        await using var group = await CreateAsync([Plain("core")], areObedient: true);
        await group.Members.BeginAsync();
        await group.SeesAsync(GroupPhase.Ready);
        await group.Group.StopAsync([]);
        await group.SeesAsync(GroupPhase.Stopped);

        await group.Group.CordonAsync("new disks");
        var refused = await group.Group.StartAsync(["core"]);

        refused.Refusal.Should().StartWith("the host is cordoned: new disks, since 2026-01-01 12:00:00Z");
        (await group.Group.RestartAsync([])).Refusal.Should().NotBeEmpty();
        (await group.Group.RetryAsync([])).Refusal.Should().NotBeEmpty();
        (await group.Group.GetViewAsync()).Cordon!.Reason.Should().Be("new disks");
        (await group.Group.StartAsync(["core"], force: true)).Accepted.Should().Equal("core");
        await group.SeesAsync("core", ServicePhase.Ready);
    }

    [Fact]
    public async Task What_runs_goes_on_and_is_restarted_when_it_dies()
    {
        await using var group = await CreateAsync([Plain("core")]);
        await group.Members.BeginAsync();
        var first = await group.Processes.NextLaunchAsync();
        await group.Group.CordonAsync("");

        await first.ExitsAsync(1);

        await group.Processes.NextLaunchAsync();
        await group.SeesAsync("core", ServicePhase.Ready);
    }

    [Fact]
    public async Task The_next_supervisor_remembers_and_starts_nothing_until_somebody_lifts_it()
    {
        var first = await CreateAsync([Plain("core")], areObedient: true);
        await first.Members.BeginAsync();
        await first.SeesAsync(GroupPhase.Ready);
        await first.Group.CordonAsync("drained");
        await first.Members.EndAsync();
        await first.SeesAsync(GroupPhase.Stopped);
        await first.DisposeAsync();

        await using var second = await CreateAsync([Plain("core")], areObedient: true, first.Journal);
        second.HeadStarts.Should().BeEmpty("nor is anything launched before the grains are there");
        await second.Members.BeginAsync();

        var view = await second.Group.GetViewAsync();
        (view.Phase, view.Cordon!.Reason).Should().Be((GroupPhase.Stopped, "drained"));
        second.Processes.HasMoreLaunches.Should().BeFalse("nothing is started on a cordoned host");
        await second.Group.CordonAsync(null);
        (await second.Group.StartAsync([])).Accepted.Should().Equal("core");
        await second.SeesAsync(GroupPhase.Ready);
    }
}
