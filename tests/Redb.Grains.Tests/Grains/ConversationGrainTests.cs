using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Logs;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using static Redb.Grains.Tests.Grains.GroupUnderTest;

namespace Redb.Grains.Tests.Grains;

public sealed class ConversationGrainTests
{
    [Fact]
    public async Task A_service_is_ready_when_it_has_registered_says_it_is_well_and_answers_on_its_port()
    {
        await using var group = await CreateAsync([Speaking("core")]);
        await group.Members.BeginAsync();
        await group.Processes.NextLaunchAsync();

        var id = await group.RegisterAsync("core");
        (await group.BeatAsync("core", id)).IsKnown.Should().BeTrue();

        (await group.Prober.NextAsync()).Port.Should().Be(50055);
        var core = await group.SeesAsync("core", ServicePhase.Ready);
        core.ServiceId.Should().Be(id);
        core.Registration!.Name.Should().Be("core");
    }

    [Fact]
    public async Task A_probe_that_breaks_is_a_failed_attempt_and_not_the_end_of_probing()
    {
        await using var group = await CreateAsync([Speaking("core")]);
        group.Prober.Failure = new InvalidOperationException("broken");
        await group.Members.BeginAsync();
        await group.Processes.NextLaunchAsync();
        await group.BeatAsync("core", await group.RegisterAsync("core"));
        await group.Prober.NextAsync();
        await group.SettledAsync("core");

        group.Prober.Failure = null;
        group.Time.Advance(TimeSpan.FromSeconds(1));

        await group.SeesAsync("core", ServicePhase.Ready);
    }

    [Fact]
    public async Task Who_registered_before_the_launch_does_not_speak_for_the_run()
    {
        await using var group = await CreateAsync([Speaking("core")]);
        var stray = await group.RegisterAsync("core");
        await group.Members.BeginAsync();
        await group.Processes.NextLaunchAsync();

        (await group.BeatAsync("core", stray)).IsKnown.Should().BeFalse();

        (await group.SettledAsync("core")).Phase.Should().Be(ServicePhase.Starting);
    }

    [Fact]
    public async Task A_service_that_says_goodbye_is_known_no_longer()
    {
        await using var group = await CreateAsync([Speaking("core")]);
        await group.Members.BeginAsync();
        await group.Processes.NextLaunchAsync();
        var id = await group.RegisterAsync("core");

        (await group.Service("core").UnregisterAsync(id, "Graceful shutdown")).Should().BeTrue();

        (await group.Service("core").UnregisterAsync(id, "")).Should().BeFalse();
        (await group.BeatAsync("core", id)).IsKnown.Should().BeFalse();
        await group.SeesAsync(view => view.Services[0].ServiceId is null);
        (await group.EventsAsync())
            .Should()
            .Contain(item => item.Kind == EventKind.Unregistered && item.Message == "unregistered: Graceful shutdown");
    }

    [Fact]
    public async Task An_override_comes_with_the_next_heartbeat_and_with_the_next_registration()
    {
        await using var group = await CreateAsync([Speaking("core")]);
        await group.Members.BeginAsync();
        await group.Processes.NextLaunchAsync();
        var id = await group.RegisterAsync("core");

        await group.Service("core").OverrideAsync(ImmutableDictionary<string, string>.Empty.Add("timeout", "60"));

        (await group.BeatAsync("core", id)).ConfigUpdate.Should().Contain("timeout", "60");
        (await group.BeatAsync("core", id)).ConfigUpdate.Should().BeNull();
        var reply = await group.Service("core").RegisterAsync(new() { Name = "core", InstanceId = "another" });
        reply.Initial!.Config.Should().Contain("timeout", "60");
    }

    [Fact]
    public async Task A_disabled_service_that_is_run_by_hand_is_shown_and_disturbs_nothing()
    {
        await using var group = await CreateAsync([Plain("core"), Speaking("hook") with { Enabled = false }]);
        await group.Members.BeginAsync();
        await group.SeesAsync(GroupPhase.Ready);

        var id = await group.RegisterAsync("hook");
        await group.SeesAsync(view => view.Services.Single(s => s.Name == "hook").ServiceId == id);
        await group.Service("hook").UnregisterAsync(id, "done");

        var view = await group.SeesAsync(view => view.Services.Single(s => s.Name == "hook").ServiceId is null);
        view.Phase.Should().Be(GroupPhase.Ready);
        view.Services.Single(s => s.Name == "hook").Phase.Should().Be(ServicePhase.Disabled);
    }

    [Fact]
    public async Task A_guest_is_listed_until_it_has_been_silent_for_too_long()
    {
        await using var group = await CreateAsync([Plain("core")]);

        var reply = await group.Members.RegisterGuestAsync(new() { Name = "tool", InstanceId = "a" });
        var beat = await group.Members.GuestHeartbeatAsync(reply.ServiceId, ServiceHealth.Healthy, null);

        beat.IsKnown.Should().BeTrue();
        (await group.Members.ListAsync())
            .Should()
            .Contain(service => service.Name == "tool" && service.Phase == ServicePhase.Ready);
        group.Time.Advance(TimeSpan.FromSeconds(31));
        (await group.Members.ListAsync()).Select(service => service.Name).Should().Equal("core");
        (await group.Members.UnregisterGuestAsync(reply.ServiceId, "")).Should().BeFalse();
    }

    [Fact]
    public async Task Unknown_and_disabled_services_are_named_and_nothing_is_done()
    {
        await using var group = await CreateAsync([Plain("core"), Plain("hook") with { Enabled = false }]);

        var unknown = await group.Group.StartAsync(["core", "ghost"]);
        var disabled = await group.Group.StartAsync(["hook"]);

        unknown.Unknown.Should().Equal("ghost");
        unknown.Accepted.Should().BeEmpty();
        disabled.Disabled.Should().Equal("hook");
        disabled.Accepted.Should().BeEmpty();
        (await group.Group.GetViewAsync()).Wanted.Should().Be(Wanted.Down);
        (await group.Members.StopServiceAsync("ghost", null, force: false)).Should().BeFalse();
    }

    [Fact]
    public async Task A_watch_begins_with_the_present_view_and_sees_changes()
    {
        await using var group = await CreateAsync([Plain("core")]);
        await using var watch = group
            .Group.WatchAsync(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await watch.MoveNextAsync()).Should().BeTrue();
        watch.Current.Phase.Should().Be(GroupPhase.Stopped);
        var version = watch.Current.Version;

        var result = await group.Group.StartAsync([]);

        (await watch.MoveNextAsync()).Should().BeTrue();
        watch.Current.Version.Should().BeGreaterThan(version);
        result.Accepted.Should().Equal("core");
        result.Version.Should().BeGreaterThan(version);
    }

    [Fact]
    public async Task The_view_of_a_start_never_shows_the_failure_before_it()
    {
        var core = Plain("core");
        await using var group = await CreateAsync([core with { Restart = core.Restart with { MaxFailures = 0 } }]);
        group.Processes.Refusals["core"] = "port 50055 is in use";
        await group.Members.BeginAsync();
        await group.SeesAsync("core", ServicePhase.CrashLoop);
        group.Processes.Refusals.Clear();

        var result = await group.Group.StartAsync([]);
        var view = await group.SeesAsync(view => view.Version >= result.Version);

        view.Phase.Should().NotBe(GroupPhase.Failed);
        view.Services[0].Phase.Should().NotBe(ServicePhase.CrashLoop);
        view.Services[0].Wanted.Should().Be(Wanted.Up);
    }

    [Fact]
    public async Task Who_follows_the_events_gets_them_as_they_happen()
    {
        await using var group = await CreateAsync([Plain("core")]);
        await using var events = group
            .Group.ReadEventsAsync(0, follow: true, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = events.MoveNextAsync().AsTask();

        await group.Group.StartAsync(["core"]);

        (await first).Should().BeTrue();
        events.Current.Sequence.Should().Be(1);
        events.Current.Message.Should().Be("start of core");
        (await events.MoveNextAsync()).Should().BeTrue();
        events.Current.Sequence.Should().Be(2);
    }

    [Fact]
    public async Task The_log_of_a_service_is_read_from_its_planned_file()
    {
        await using var group = await CreateAsync([Plain("core")]);
        var logs = group.Client.GetGrain<ILogGrain>("here/default");

        var lines = new List<string>();
        await foreach (
            var line in logs.ReadAsync(new("core", 10, null, Follow: false), TestContext.Current.CancellationToken)
        )
        {
            lines.Add(line.Text);
        }

        lines.Should().Equal("from /data/logs/core.log");
    }
}
