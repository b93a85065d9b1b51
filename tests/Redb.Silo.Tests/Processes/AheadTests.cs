using System.Runtime.Versioning;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

[SupportedOSPlatform("linux")]
public sealed class AheadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_was_launched_ahead_is_found_running_when_it_is_ordered()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var ahead = site.Ahead(order);

        var pid = site.Start(order);

        pid.Should().Be(ahead);
        ProcessStatus.Read(pid).Should().NotBeNull();
    }

    [Fact]
    public async Task The_grain_that_looks_for_an_earlier_run_does_not_find_the_one_launched_ahead()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var ahead = site.Ahead(order);

        site.Adopt<AdoptResult.NeverStarted>(order, process: null);

        site.Start(order).Should().Be(ahead);
    }

    [Fact]
    public async Task Nothing_is_launched_ahead_once_the_grain_has_looked_for_its_run()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        site.Adopt<AdoptResult.NeverStarted>(order, process: null);

        site.Launcher.LaunchAhead(order, () => { }, _ => { }).Should().BeNull();
        site.Launcher.BeforeItsGrain(order.Service, () => { }).Should().BeFalse();
    }

    [Fact]
    public async Task The_end_of_a_run_launched_ahead_is_told_once_it_is_ordered()
    {
        await using var site = new LaunchSite();
        var order = site.Shell("echo over; exit 7");
        var ahead = site.Ahead(order);
        await site.SaysAsync("over");
        await Eventually.True(() => ProcessStatus.Read(ahead) is null, Cancellation, "the run is reaped");
        site.Reports.Exits.TryPeek(out _).Should().BeFalse();

        site.Start(order).Should().Be(ahead);

        (await site.ExitAsync()).Code.Should().Be(7);
    }

    [Fact]
    public async Task Ready_said_before_the_order_is_heard_after_it()
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

        site.Start(order);

        (await site.Reports.Ready.ReadAsync(Cancellation)).Should().Be(order.Run);
    }

    [Fact]
    public async Task Another_order_than_foreseen_ends_the_run_launched_ahead()
    {
        await using var site = new LaunchSite();
        var foreseen = site.Order("/bin/sleep", "60");
        var ahead = site.Ahead(foreseen);

        var pid = site.Start(foreseen with { Arguments = ["61"] });

        pid.Should().NotBe(ahead);
        await Eventually.True(() => ProcessStatus.Read(ahead) is null, Cancellation, "the foreseen run is gone");
    }

    [Fact]
    public async Task What_nobody_orders_is_killed_and_nobody_hears_of_it()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var ahead = site.Ahead(order);
        var ordered = site.Launcher.AllOrderedAsync();
        ordered.IsCompleted.Should().BeFalse();

        site.Launcher.DropAhead();

        await ordered;
        await Eventually.True(() => ProcessStatus.Read(ahead) is null, Cancellation, "the run is gone");
        site.Reports.Exits.TryPeek(out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_service_with_a_process_of_an_earlier_supervisor_is_not_untouched()
    {
        await using var site = new LaunchSite();
        await site.Earlier.LaunchAsync(site.Order("/bin/sleep", "60"));

        site.Launcher.IsUntouched(site.Service).Should().BeFalse();
        site.Launcher.IsUntouched(site.Service with { Service = "other" }).Should().BeTrue();
    }

    [Fact]
    public async Task A_refused_launch_leaves_the_service_to_its_grain()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/no/such/program");

        site.Launcher.LaunchAhead(order, () => { }, _ => { }).Should().BeNull();

        site.Refusal(order).Should().Contain("/no/such/program");
    }
}
