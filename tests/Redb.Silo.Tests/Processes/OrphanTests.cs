using System.Globalization;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

[Collection(Alone.Name)]
public sealed class OrphanTests : IDisposable
{
    private const int SetChildSubreaper = 36;

    public OrphanTests() => Adopt(true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_adopted_orphan_is_reaped_when_it_is_seen_dead_twice()
    {
        await using var site = new LaunchSite();
        site.Start(site.Shell("setsid sh -c 'echo orphan=$$; exec sleep 60' & sleep 0.2; exit 0"));
        var orphan = int.Parse(await site.SaysAsync("orphan="), CultureInfo.InvariantCulture);
        await site.ExitAsync();
        await Eventually.True(
            () => ProcessStatus.Read(orphan)?.Parent == Environment.ProcessId,
            Cancellation,
            "we adopt the orphan"
        );
        _ = Libc.Kill(orphan, Libc.SigKill);
        await Eventually.True(() => ProcessStatus.Read(orphan)?.State == 'Z', Cancellation, "the orphan is a zombie");

        var reaper = new OrphanReaper(_ => false);
        reaper.Reap();
        var first = ProcessStatus.Read(orphan);
        reaper.Reap();

        OrphanReaper.AreOurs().Should().BeTrue();
        first.Should().NotBeNull();
        ProcessStatus.Read(orphan).Should().BeNull();
    }

    [Fact]
    public async Task A_dead_child_that_is_known_is_left_to_its_watcher()
    {
        await using var site = new LaunchSite();
        var request = new SpawnRequest
        {
            Path = "/bin/true",
            Arguments = ["true"],
            Environment = [],
            OutputFile = "/dev/null",
        };
        PosixSpawn.Start(request, out var pid).Should().Be(0);
        await Eventually.True(() => ProcessStatus.Read(pid)?.State == 'Z', Cancellation, "the child is a zombie");

        var reaper = new OrphanReaper(known => known == pid);
        reaper.Reap();
        reaper.Reap();
        using var child = new ChildProcess(pid, (_, _) => { });

        child.TakeExit().Should().Be(new ChildExit(0, null));
    }

    [Fact]
    public async Task The_watcher_reaps_orphans_by_itself()
    {
        using var watcher = new ExitWatcher(
            Microsoft.Extensions.Options.Options.Create(
                new ProcessOptions { OrphanInterval = TimeSpan.FromMilliseconds(50) }
            ),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ExitWatcher>.Instance
        );
        await using var site = new LaunchSite();
        site.Start(site.Shell("setsid sh -c 'echo orphan=$$; sleep 0.5' & sleep 0.2; exit 0"));
        var orphan = int.Parse(await site.SaysAsync("orphan="), CultureInfo.InvariantCulture);

        await Eventually.True(() => ProcessStatus.Read(orphan) is null, Cancellation, "the orphan is reaped");
    }

    public void Dispose() => Adopt(false);

    // The whole test process adopts orphans meanwhile.
    private static unsafe void Adopt(bool orphans) =>
        _ = Libc.ProcessControl(SetChildSubreaper, (int*)(orphans ? 1 : 0), 0, 0, 0);
}
