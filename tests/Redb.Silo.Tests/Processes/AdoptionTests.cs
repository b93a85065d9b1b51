using System.Globalization;
using Redb.Abstractions.Services;
using Redb.Grains.Journal;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

public sealed class AdoptionTests
{
    private const int UserSignal = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_of_an_earlier_supervisor_is_adopted_as_it_is()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var began = TimeProvider.System.GetUtcNow();
        var identity = await site.Earlier.LaunchAsync(order);

        var alive = site.Adopt<AdoptResult.Alive>(order, identity);

        alive.Process.Should().Be(identity);
        alive.Run.Should().Be(order.Run);
        alive.StartedAt.Should().BeAfter(began.AddSeconds(-1)).And.BeBefore(TimeProvider.System.GetUtcNow());
        ProcessStatus.Read(identity.Pid)!.Parent.Should().NotBe(Environment.ProcessId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    public async Task The_exit_code_of_an_adopted_run_is_told(int code)
    {
        await using var site = new LaunchSite();
        var order = site.Shell($"trap 'exit {code}' USR1; echo ready=; while :; do sleep 0.05; done");
        var identity = await site.Earlier.LaunchAsync(order);
        await site.SaysAsync("ready=");
        site.Adopt<AdoptResult.Alive>(order, identity);

        site.Launcher.Signal(site.Service, order.Run, UserSignal);

        (await site.ExitAsync())
            .Should()
            .BeEquivalentTo(
                new
                {
                    Code = (int?)code,
                    Signal = (int?)null,
                    Witness = ExitWitness.Supervisor,
                }
            );
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(15)]
    public async Task The_signal_that_ended_an_adopted_run_is_told(int signal)
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var identity = await site.Earlier.LaunchAsync(order);
        site.Adopt<AdoptResult.Alive>(order, identity);

        _ = Libc.Kill(identity.Pid, signal);

        (await site.ExitAsync()).Should().BeEquivalentTo(new { Code = (int?)null, Signal = (int?)signal });
    }

    [Fact]
    public async Task A_signal_to_an_adopted_run_reaches_its_whole_group()
    {
        await using var site = new LaunchSite();
        var order = site.Shell(
            "trap 'exit 3' TERM; (trap 'echo child=gone; exit' TERM; echo a=; while :; do sleep 0.05; done) & echo b=; wait; wait"
        );
        var identity = await site.Earlier.LaunchAsync(order);
        await site.SaysAsync("a=");
        await site.SaysAsync("b=");
        site.Adopt<AdoptResult.Alive>(order, identity);

        site.Launcher.Signal(site.Service, order.Run, 15);

        (await site.ExitAsync()).Code.Should().Be(3);
    }

    [Fact]
    public async Task Children_that_outlive_an_adopted_run_are_ended_with_it()
    {
        await using var site = new LaunchSite();
        var order = site.Shell("sh -c 'trap \"\" TERM HUP; echo child=$$; while :; do sleep 0.05; done' & wait");
        var identity = await site.Earlier.LaunchAsync(order);
        var child = int.Parse(await site.SaysAsync("child="), CultureInfo.InvariantCulture);
        site.Adopt<AdoptResult.Alive>(order, identity);

        _ = Libc.Kill(identity.Pid, Libc.SigKill);

        (await site.ExitAsync()).Signal.Should().Be(Libc.SigKill);
        await Eventually.True(() => IsGone(child), Cancellation);
    }

    [Fact]
    public async Task A_stranger_with_the_number_of_a_run_is_never_signalled()
    {
        await using var site = new LaunchSite();
        await using var elsewhere = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var stranger = elsewhere.Start(elsewhere.Order("/bin/sleep", "60"));
        var identity = new RunIdentity(BootId.Current, stranger, "1");

        var ended = site.Adopt<AdoptResult.Ended>(order, identity);
        site.Launcher.Signal(site.Service, order.Run, Libc.SigKill);

        ended.Exit.Witness.Should().Be(ExitWitness.Nobody);
        ended.Exit.Describe().Should().Be("exit code unknown while no supervisor watched");
        IsGone(stranger).Should().BeFalse();
    }

    [Fact]
    public async Task A_run_of_another_boot_is_over()
    {
        await using var site = new LaunchSite();
        await using var elsewhere = new LaunchSite();
        var stranger = elsewhere.Start(elsewhere.Order("/bin/sleep", "60"));
        var identity = new RunIdentity("another", stranger, ProcessStatus.Read(stranger)!.Started);

        var ended = site.Adopt<AdoptResult.Ended>(site.Order("/bin/sleep", "60"), identity);

        ended.Exit.Describe().Should().Be("a restart of the machine");
        IsGone(stranger).Should().BeFalse();
    }

    [Fact]
    public async Task A_run_that_bears_the_mark_of_another_supervisor_is_left_to_it()
    {
        await using var site = new LaunchSite();
        await using var elsewhere = new LaunchSite();
        var order = elsewhere.Order("/bin/sleep", "60");
        var identity = await elsewhere.Earlier.LaunchAsync(order);

        site.Adopt<AdoptResult.Ended>(order with { LogFile = site.LogFile }, identity);
        site.Launcher.Signal(site.Service, order.Run, Libc.SigKill);

        IsGone(identity.Pid).Should().BeFalse();
    }

    [Fact]
    public async Task A_run_whose_data_folder_was_moved_is_still_ours()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var mark = site.Earlier.Mark(site.Service, order.Run.Value) with { Folder = "/moved/away" };
        var identity = await EarlierSupervisor.LaunchUnderAsync(order, mark.ToString());

        site.Adopt<AdoptResult.Alive>(order, identity).Process.Should().Be(identity);
    }

    [Fact]
    public async Task A_launch_that_the_journal_saw_only_begin_is_found_by_its_mark()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var identity = await site.Earlier.LaunchAsync(order);

        site.Adopt<AdoptResult.Alive>(order, process: null).Process.Should().Be(identity);
    }

    [Fact]
    public async Task A_launch_that_never_came_about_never_started()
    {
        await using var site = new LaunchSite();
        var earlier = site.Order("/bin/sleep", "60");
        var helper = await site.Earlier.LaunchAsync(earlier);

        site.Adopt<AdoptResult.NeverStarted>(site.Order("/bin/sleep", "60"), process: null);

        IsGone(helper.Pid).Should().BeFalse("it left an earlier run, which ended under the eyes of a supervisor");
    }

    [Fact]
    public async Task A_later_run_that_the_journal_missed_is_taken_and_not_doubled()
    {
        await using var site = new LaunchSite();
        var journaled = site.Order("/bin/sleep", "60");
        var dead = await KilledAsync(site, journaled);
        var missed = site.Order("/bin/sleep", "60");
        var identity = await site.Earlier.LaunchAsync(missed);

        var alive = site.Adopt<AdoptResult.Alive>(journaled, dead);
        site.Launcher.Signal(site.Service, alive.Run, 15);

        alive.Should().BeEquivalentTo(new { Process = identity, missed.Run });
        var (run, exit) = await site.ReportAsync();
        run.Should().Be(missed.Run);
        exit.Signal.Should().Be(15);
    }

    [Fact]
    public async Task A_run_of_this_boot_is_taken_although_the_journal_is_of_another()
    {
        await using var site = new LaunchSite();
        var lower = site.Order("/bin/sleep", "60");
        var identity = await site.Earlier.LaunchAsync(lower);

        var alive = site.Adopt<AdoptResult.Alive>(site.Order("/bin/sleep", "60"), identity with { BootId = "another" });

        alive.Should().BeEquivalentTo(new { Process = identity, lower.Run });
    }

    [Fact]
    public async Task A_run_of_a_service_that_no_journal_knows_is_found_by_its_mark()
    {
        await using var site = new LaunchSite();
        var first = site.Order("/bin/sleep", "60");
        var later = site.Order("/bin/sleep", "60");
        var identity = await site.Earlier.LaunchAsync(later);

        site.Adopt<AdoptResult.Alive>(first, process: null)
            .Should()
            .BeEquivalentTo(new { Process = identity, later.Run });
    }

    [Fact]
    public async Task What_a_dead_run_left_behind_is_killed()
    {
        await using var site = new LaunchSite();
        var order = site.Shell(
            "sleep 60 & echo member=$!; setsid sh -c 'echo daemon=$$; exec sleep 60' & exec sleep 60"
        );
        var identity = await site.Earlier.LaunchAsync(order);
        var member = int.Parse(await site.SaysAsync("member="), CultureInfo.InvariantCulture);
        var daemon = int.Parse(await site.SaysAsync("daemon="), CultureInfo.InvariantCulture);
        _ = Libc.Kill(identity.Pid, Libc.SigKill);
        await Eventually.True(() => IsGone(identity.Pid), Cancellation);

        site.Adopt<AdoptResult.Ended>(order, identity);

        await Eventually.True(() => IsGone(member), Cancellation);
        await Eventually.True(() => IsGone(daemon), Cancellation);
    }

    [Fact]
    public async Task The_exit_of_a_run_that_nobody_reaped_yet_is_known()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sh", "-c", "sh -c 'echo main=$$; exit 7' & exec sleep 60");
        var parent = await EarlierSupervisor.LaunchUnderAsync(order, mark: null);
        var main = int.Parse(await site.SaysAsync("main="), CultureInfo.InvariantCulture);
        await Eventually.True(() => ProcessStatus.Read(main) is { IsDead: true }, Cancellation);

        var ended = site.Adopt<AdoptResult.Ended>(order, new(BootId.Current, main, ProcessStatus.Read(main)!.Started));

        _ = Libc.Kill(-parent.Pid, Libc.SigKill);
        ended.Exit.Describe().Should().Be("exit code 7 while no supervisor watched");
    }

    [Fact]
    public async Task A_run_that_is_adopted_twice_is_watched_once()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var identity = await site.Earlier.LaunchAsync(order);

        var first = site.Adopt<AdoptResult.Alive>(order, identity);
        var second = site.Adopt<AdoptResult.Alive>(order, identity);
        site.Launcher.Signal(site.Service, order.Run, Libc.SigKill);
        await site.ExitAsync();

        second.Should().BeEquivalentTo(new { first.Process, first.Run });
        await site.Launcher.DisposeAsync();
        site.Reports.Exits.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public async Task Two_hundred_runs_are_adopted_and_each_end_is_told()
    {
        await using var site = new LaunchSite();
        var order = site.Order("/bin/sleep", "60");
        var identities = await site.Earlier.LaunchManyAsync(order, 200);

        for (var i = 0; i < identities.Length; i++)
        {
            var service = order.Service with
            {
                Service = string.Create(CultureInfo.InvariantCulture, $"{order.Service.Service}{i}"),
            };
            site.Adopt<AdoptResult.Alive>(order with { Service = service }, identities[i])
                .Process.Should()
                .Be(identities[i]);
        }

        Array.ForEach(identities, identity => Libc.Kill(identity.Pid, Libc.SigKill));
        foreach (var _ in identities)
        {
            (await site.ExitAsync()).Signal.Should().Be(Libc.SigKill);
        }

        await site.Launcher.DisposeAsync();
        site.Reports.Exits.TryRead(out var _).Should().BeFalse();
    }

    private static async Task<RunIdentity> KilledAsync(LaunchSite site, LaunchOrder order)
    {
        var identity = await site.Earlier.LaunchAsync(order);
        _ = Libc.Kill(identity.Pid, Libc.SigKill);
        await Eventually.True(() => IsGone(identity.Pid), Cancellation);
        return identity;
    }

    // Whoever adopts an orphan may take its time to reap it; it is dead all the same.
    private static bool IsGone(int pid) => ProcessStatus.Read(pid) is null or { IsDead: true };
}
