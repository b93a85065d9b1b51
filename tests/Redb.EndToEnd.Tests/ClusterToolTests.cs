using Redb.EndToEnd.Tests.Kit;
using Redb.TestKit;

namespace Redb.EndToEnd.Tests;

/// <summary>What an operator sees of a cluster of several supervisors, and does to it, from any of its hosts. Each test leaves the cluster whole.</summary>
public sealed class ClusterToolTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    private const int Conflict = 5;
    private const int Unavailable = 8;

    [Fact]
    public async Task A_killed_host_is_Unknown_to_the_others_until_it_is_back_with_its_processes()
    {
        var pid = await hosts.SeesAsync("north", "two", "Ready");
        (await hosts.SeesAsync("south", "one", "Ready")).Should().NotBeNull();

        await hosts.EndAsync("south", "KILL");
        await hosts.SeesAsync("north", "two", "Unknown");

        var (_, status) = await hosts.CtlAsync("north", "status", "-A");
        status.Should().MatchRegex(@"two on south: Unknown \(silent \d+s, was Ready\)");
        status.Should().MatchRegex("two +south +sleeper +Unknown").And.MatchRegex("one +north +sleeper +Ready");
        (await hosts.CtlAsync("north", "hosts")).Text.Should().MatchRegex(@"south +Unknown \(silent \d+s\)");
        (await hosts.CtlAsync("north", "restart", "south/two")).ExitCode.Should().Be(Unavailable);

        hosts.Launch("south");
        (await hosts.SeesAsync("north", "two", "Ready")).Should().Be(pid);
        Signals.IsRunning(pid!.Value).Should().BeTrue();
    }

    [Fact]
    public async Task A_frozen_host_is_Unknown_to_the_others_until_it_goes_on_with_its_processes()
    {
        var pid = await hosts.SeesAsync("north", "two", "Ready");

        hosts.Signal("south", "STOP");
        await hosts.SeesAsync("north", "two", "Unknown");

        hosts.Signal("south", "CONT");
        (await hosts.SeesAsync("north", "two", "Ready")).Should().Be(pid);
        Signals.IsRunning(pid!.Value).Should().BeTrue();
    }

    [Fact]
    public async Task A_group_is_stopped_and_started_from_another_host()
    {
        var before = await hosts.SeesAsync("north", "two", "Ready");

        (await hosts.CtlAsync("north", "stop", "south/two")).ExitCode.Should().Be(0);
        (await hosts.SeesAsync("south", "two", "Stopped")).Should().BeNull();
        (await hosts.CtlAsync("north", "start", "south/two/sleeper")).ExitCode.Should().Be(0);

        var after = await hosts.SeesAsync("north", "two", "Ready");
        after.Should().NotBeNull().And.NotBe(before);
        (await hosts.CtlAsync("north", "restart", "sleeper", "-H", "south")).ExitCode.Should().Be(0);
        (await hosts.SeesAsync("north", "two", "Ready")).Should().NotBe(after);
    }

    [Fact]
    public async Task A_drained_host_starts_nothing_until_it_is_uncordoned_even_under_a_new_supervisor()
    {
        await hosts.SeesAsync("north", "two", "Ready");

        var (drained, text) = await hosts.CtlAsync("north", "drain", "south", "--reason", "new disks");
        drained.Should().Be(0, text);
        await hosts.EndAsync("south", "TERM");
        hosts.Launch("south");
        await Until.TrueAsync(
            async () => (await hosts.CtlAsync("north", "hosts", "--check")).ExitCode == 0,
            "south is up again"
        );

        (await hosts.SeesAsync("north", "two", "Stopped")).Should().BeNull();
        var (refused, why) = await hosts.CtlAsync("north", "start", "south/two");
        (refused, why).Should().Be((Conflict, why));
        why.Should().Contain("the host is cordoned: new disks").And.Contain("redbctl uncordon south");
        (await hosts.CtlAsync("north", "uncordon", "south")).ExitCode.Should().Be(0);
        (await hosts.CtlAsync("north", "start", "south/two")).ExitCode.Should().Be(0);
        (await hosts.SeesAsync("north", "two", "Ready")).Should().NotBeNull();
    }

    [Fact]
    public async Task A_rolling_restart_goes_from_host_to_host_and_stops_at_the_first_that_fails()
    {
        var (one, two) = (
            await hosts.SeesAsync("south", "one", "Ready"),
            await hosts.SeesAsync("south", "two", "Ready")
        );

        var (code, text) = await hosts.CtlAsync("south", "restart", "--rolling");

        code.Should().Be(0, text);
        text.Should().MatchRegex("(?s)1/2  north/one  Ready.*2/2  south/two  Ready");
        (await hosts.SeesAsync("south", "one", "Ready")).Should().NotBe(one);
        var untouched = await hosts.SeesAsync("south", "two", "Ready");
        untouched.Should().NotBe(two);

        await File.WriteAllTextAsync(hosts.RefusalOf("one"), "", TestContext.Current.CancellationToken);
        var (failed, why) = await hosts.CtlAsync("south", "restart", "--rolling");

        failed.Should().NotBe(0);
        why.Should().Contain("stopped at north, 1 of 2; south/two untouched");
        (await hosts.SeesAsync("south", "two", "Ready")).Should().Be(untouched);
        File.Delete(hosts.RefusalOf("one"));
        (await hosts.CtlAsync("south", "restart", "north/one")).ExitCode.Should().Be(0);
    }
}
