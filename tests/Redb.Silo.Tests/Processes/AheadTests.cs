using System.Runtime.Versioning;
using Redb.Grains.Journal;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

[SupportedOSPlatform("linux")]
public sealed class AheadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_grain_that_looks_for_an_earlier_run_finds_what_was_decided_and_launched_ahead()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var pid = site.Ahead(order);

        var ahead = site.Adopt<AdoptResult.Ahead>(order, process: null);

        ahead.Launch.Should().BeOfType<LaunchResult.Started>().Which.Process.Pid.Should().Be(pid);
        ahead.Memory.Process!.Pid.Should().Be(pid);
        ProcessStatus.Read(pid).Should().NotBeNull();
        site.Adopt<AdoptResult.Alive>(order, ahead.Memory.Process).Process.Pid.Should().Be(pid);
    }

    [Fact]
    public async Task A_grain_that_was_told_nothing_finds_its_run_running_when_it_orders_it()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var pid = site.Ahead(order, isTold: false);

        site.Adopt<AdoptResult.NeverStarted>(order, process: null);

        site.Start(order).Should().Be(pid);
        await site.Launcher.AllTakenAsync();
    }

    [Fact]
    public async Task Another_order_than_foreseen_ends_the_run_launched_ahead()
    {
        await using var site = new LaunchSite();
        var foreseen = site.Order("/bin/sleep", "60");
        var ahead = site.Ahead(foreseen, isTold: false);

        var pid = site.Start(foreseen with { Arguments = ["61"] });

        pid.Should().NotBe(ahead);
        await Eventually.True(() => ProcessStatus.Read(ahead) is null, Cancellation, "the foreseen run is gone");
    }

    [Fact]
    public async Task Nothing_is_decided_ahead_once_the_grain_has_looked_for_its_run()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        site.Adopt<AdoptResult.NeverStarted>(order, process: null);

        site.Launcher.DecideAhead(order.Service, new(), isTold: true, () => { }).Should().BeFalse();
        site.Launcher.LaunchAhead(order, () => { }, _ => { }).Should().BeNull();
    }

    [Fact]
    public async Task What_was_decided_and_not_launched_is_left_to_the_grain()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        site.Launcher.DecideAhead(order.Service, new() { Run = 7 }, isTold: true, () => { }).Should().BeTrue();

        var ahead = site.Adopt<AdoptResult.Ahead>(order, process: null);

        (ahead.Memory.Run, ahead.Launch).Should().Be((7, null));
        site.Launcher.LaunchAhead(order, () => { }, _ => { }).Should().BeNull("its grain launches it");
    }

    [Fact]
    public async Task The_end_of_a_run_launched_ahead_is_told_once_its_grain_is_there()
    {
        await using var site = new LaunchSite();
        var order = site.Shell("echo over; exit 7");
        var pid = site.Ahead(order);
        await site.SaysAsync("over");
        await Eventually.True(() => ProcessStatus.Read(pid) is null, Cancellation, "the run is reaped");
        site.Reports.Exits.TryPeek(out _).Should().BeFalse();

        site.Adopt<AdoptResult.Ahead>(order, process: null);

        (await site.ExitAsync()).Code.Should().Be(7);
    }

    [Fact]
    public async Task Ready_said_before_the_grain_is_there_is_heard_afterwards()
    {
        await using var site = new LaunchSite();
        var order = site.Order(
            "/usr/bin/python3",
            "-c",
            "import os, socket, time; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'READY=1', os.environ['NOTIFY_SOCKET']); time.sleep(60)"
        ) with
        {
            Notify = true,
        };
        var ready = new TaskCompletionSource();
        _ = site.Ahead(order, ready.SetResult);
        await ready.Task.WaitAsync(Cancellation);
        site.Reports.Ready.TryRead(out _).Should().BeFalse();

        site.Adopt<AdoptResult.Ahead>(order, process: null);

        (await site.Reports.Ready.ReadAsync(Cancellation)).Should().Be(order.Run);
    }

    [Fact]
    public async Task What_no_grain_takes_over_is_killed_and_nobody_hears_of_it()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var pid = site.Ahead(order);

        site.Launcher.DropAhead();

        await Eventually.True(() => ProcessStatus.Read(pid) is null, Cancellation, "the run is gone");
        site.Reports.Exits.TryPeek(out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_look_ahead_takes_nothing_over()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var process = await site.Earlier.LaunchAsync(order);

        var seen = site.Launcher.Foresee(order, process: null).Should().BeOfType<AdoptResult.Alive>().Which;

        seen.Process.Should().Be(process);
        site.Adopt<AdoptResult.Alive>(order, process).Process.Should().Be(process);
    }

    [Fact]
    public async Task An_end_that_was_seen_ahead_is_what_the_grain_hears()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        RunIdentity gone = new(BootId.Current, int.MaxValue, "1");

        var seen = site.Launcher.Foresee(order, gone).Should().BeOfType<AdoptResult.Ended>().Which;

        site.Adopt<AdoptResult.Ended>(order, gone).Should().BeSameAs(seen);
    }

    [Fact]
    public async Task The_grain_hears_that_a_launch_ahead_was_refused()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/no/such/program");
        site.Launcher.DecideAhead(order.Service, new(), isTold: true, () => { });

        site.Launcher.LaunchAhead(order, () => { }, _ => { }).Should().BeNull();

        site.Adopt<AdoptResult.Ahead>(order, process: null)
            .Launch.Should()
            .BeOfType<LaunchResult.Refused>()
            .Which.Reason.Should()
            .Contain("/no/such/program");
    }
}
