using System.Globalization;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

public sealed class ExitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(255)]
    public async Task An_exit_code_is_told(int code)
    {
        await using var site = new LaunchSite();

        site.Start(site.Shell($"exit {code}"));

        (await site.ExitAsync()).Should().BeEquivalentTo(new { Code = (int?)code, Signal = (int?)null });
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(15)]
    public async Task A_signal_that_ended_a_run_is_told(int signal)
    {
        await using var site = new LaunchSite();

        site.Start(site.Shell($"kill -{signal} $$"));

        (await site.ExitAsync()).Should().BeEquivalentTo(new { Code = (int?)null, Signal = (int?)signal });
    }

    [Fact]
    public async Task An_end_that_nobody_asked_for_is_told_and_leaves_no_zombie()
    {
        await using var site = new LaunchSite();
        var pid = site.Start(site.Order("/bin/sleep", "60"));

        _ = Libc.Kill(pid, Libc.SigKill);

        (await site.ExitAsync()).Signal.Should().Be(Libc.SigKill);
        ProcessStatus.Read(pid).Should().BeNull();
    }

    [Fact]
    public async Task A_signal_reaches_the_whole_group()
    {
        await using var site = new LaunchSite();
        var pid = site.Start(site.Shell("sleep 60 & echo child=$!; wait"));
        var child = int.Parse(await site.SaysAsync("child="), CultureInfo.InvariantCulture);

        site.Launcher.Signal(site.Service, site.LastRun, 15);

        (await site.ExitAsync()).Signal.Should().Be(15);
        ProcessStatus.Read(pid).Should().BeNull();
        await Eventually.True(() => IsGone(child), Cancellation);
    }

    [Fact]
    public async Task Children_that_outlive_their_leader_are_ended_with_it()
    {
        await using var site = new LaunchSite();

        site.Start(site.Shell("sh -c 'trap \"\" TERM HUP; sleep 60 & echo grandchild=$!; wait' & sleep 0.3; exit 7"));
        var grandchild = int.Parse(await site.SaysAsync("grandchild="), CultureInfo.InvariantCulture);

        (await site.ExitAsync()).Code.Should().Be(7);
        await Eventually.True(() => IsGone(grandchild), Cancellation);
    }

    [Fact]
    public async Task A_service_that_forks_twice_leaves_nothing_behind()
    {
        await using var site = new LaunchSite();

        site.Start(site.Shell("(sleep 60 & echo daemon=$!) & wait; sleep 0.2; exit 0"));
        var daemon = int.Parse(await site.SaysAsync("daemon="), CultureInfo.InvariantCulture);

        (await site.ExitAsync()).Code.Should().Be(0);
        await Eventually.True(() => IsGone(daemon), Cancellation);
    }

    [Fact]
    public async Task A_service_that_ignores_SIGTERM_lives_until_SIGKILL()
    {
        await using var site = new LaunchSite();
        var pid = site.Start(site.Shell("trap 'echo got=term' TERM; echo ready=1; while true; do sleep 0.05; done"));
        await site.SaysAsync("ready=");

        site.Launcher.Signal(site.Service, site.LastRun, 15);
        await site.SaysAsync("got=");
        var lived = !IsGone(pid);
        site.Launcher.Signal(site.Service, site.LastRun, 9);

        lived.Should().BeTrue();
        (await site.ExitAsync()).Signal.Should().Be(9);
    }

    [Fact]
    public async Task A_signal_to_another_run_does_nothing()
    {
        await using var site = new LaunchSite();
        var pid = site.Start(site.Order("/bin/sleep", "60"));

        site.Launcher.Signal(site.Service, site.LastRun.Next(), 9);
        site.Launcher.Signal(site.Service with { Service = "other" }, site.LastRun, 9);

        ProcessStatus.Read(pid)!.State.Should().BeOneOf('S', 'R');
        site.Reports.Exits.TryPeek(out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_signal_to_a_run_that_is_gone_does_nothing()
    {
        await using var site = new LaunchSite();
        site.Start(site.Order("/bin/true"));
        var run = site.LastRun;
        await site.ExitAsync();
        var next = site.Start(site.Order("/bin/sleep", "60"));

        site.Launcher.Signal(site.Service, run, 9);

        ProcessStatus.Read(next)!.State.Should().BeOneOf('S', 'R');
    }

    [Fact]
    public async Task Five_hundred_short_lives_are_each_told_exactly_once()
    {
        await using var site = new LaunchSite();
        var runs = new HashSet<RunId>();

        await Task.WhenAll(
            Enumerable
                .Range(0, 500)
                .Select(_ => site.Order("/bin/true"))
                .Chunk(125)
                .Select(orders =>
                    Task.Run(
                        () => Array.ForEach(orders, order => site.Launcher.Launch(order, site.Reports)),
                        Cancellation
                    )
                )
        );
        for (var i = 0; i < 500; i++)
        {
            var (run, exit) = await site.Reports.Exits.ReadAsync(Cancellation);
            exit.Code.Should().Be(0);
            runs.Add(run).Should().BeTrue();
        }

        site.Reports.Exits.TryRead(out _).Should().BeFalse();
        runs.Should().HaveCount(500);
    }

    [Fact]
    public async Task A_child_of_the_framework_is_left_to_the_framework()
    {
        await using var site = new LaunchSite();
        using var other = System.Diagnostics.Process.Start("/bin/sh", ["-c", "sleep 0.1; exit 3"]);

        site.Start(site.Order("/bin/true"));
        await site.ExitAsync();
        await other.WaitForExitAsync(Cancellation);

        other.ExitCode.Should().Be(3);
    }

    [Fact]
    public async Task The_end_of_the_watcher_leaves_the_children_alone()
    {
        int pid;
        var watcher = new ExitWatcher(
            Microsoft.Extensions.Options.Options.Create(new ProcessOptions()),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ExitWatcher>.Instance
        );
        var request = new SpawnRequest
        {
            Path = "/bin/sleep",
            Arguments = ["sleep", "60"],
            Environment = [],
            OutputFile = "/dev/null",
        };
        watcher.Spawn(request, _ => null, (_, _) => { }, out var child).Should().BeNull();
        pid = child!.Pid;

        watcher.Dispose();

        ProcessStatus.Read(pid)!.State.Should().NotBe('Z');
        _ = Libc.Kill(pid, Libc.SigKill);
        await Eventually.True(() => IsGone(pid), Cancellation);
    }

    // Whoever adopts an orphan may take its time to reap it; it is dead all the same.
    private static bool IsGone(int pid) => ProcessStatus.Read(pid) is null or { State: 'Z' or 'X' };
}
