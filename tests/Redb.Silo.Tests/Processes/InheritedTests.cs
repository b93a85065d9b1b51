using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Redb.Abstractions.Services;
using Redb.Grains.Journal;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

/// <summary>After an exec in place the runs of the program before are children of the one after.</summary>
[Collection(Alone.Name)]
public sealed class InheritedTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_our_child_is_adopted_and_leaves_no_zombie()
    {
        var identity = Spawn("sleep 60");
        await using var site = new LaunchSite(takesInherited: true);
        var order = site.Order("/bin/sh");
        site.Adopt<AdoptResult.Alive>(order, identity);

        _ = Libc.Kill(identity.Pid, Libc.SigKill);

        (await site.ExitAsync()).Signal.Should().Be(Libc.SigKill);
        ProcessStatus.Read(identity.Pid).Should().BeNull();
    }

    [Fact]
    public async Task A_child_that_died_before_it_could_be_adopted_gives_its_exit()
    {
        var identity = Spawn("exit 7");
        await ZombieAsync(identity);
        await using var site = new LaunchSite(takesInherited: true);

        var ended = site.Adopt<AdoptResult.Ended>(site.Order("/bin/sh"), identity);

        ended.Exit.Should().BeEquivalentTo(new { Code = (int?)7, Witness = ExitWitness.Nobody });
        ProcessStatus.Read(identity.Pid).Should().BeNull();
    }

    [Fact]
    public async Task A_child_that_was_reaped_before_it_was_asked_for_gives_its_exit_too()
    {
        var identity = Spawn("exit 7");
        await using var site = new LaunchSite(takesInherited: true);

        await Eventually.True(() => ProcessStatus.Read(identity.Pid) is null, Cancellation, "the child is reaped");
        var ended = site.Adopt<AdoptResult.Ended>(site.Order("/bin/sh"), identity);

        ended.Exit.Code.Should().Be(7);
    }

    [Fact]
    public async Task A_child_that_nobody_adopts_is_reaped_when_it_dies()
    {
        var identity = Spawn("sleep 60");
        using var watcher = new ExitWatcher(
            Options.Create(
                new ProcessOptions { TakesInherited = true, OrphanInterval = TimeSpan.FromMilliseconds(20) }
            ),
            NullLogger<ExitWatcher>.Instance
        );

        _ = Libc.Kill(identity.Pid, Libc.SigKill);

        await Eventually.True(() => ProcessStatus.Read(identity.Pid) is null, Cancellation, "the child is reaped");
        await Eventually.True(() => !watcher.Inherited.Contains(identity.Pid), Cancellation);
    }

    private static RunIdentity Spawn(string script)
    {
        var request = new SpawnRequest
        {
            Path = "/bin/sh",
            Arguments = ["sh", "-c", script],
            Environment = ["PATH=/usr/bin:/bin"],
            OutputFile = "/dev/null",
        };
        PosixSpawn.Start(request, out var pid).Should().Be(0);
        return new(BootId.Current, pid, ProcessStatus.Read(pid)!.Started);
    }

    private static Task ZombieAsync(RunIdentity identity) =>
        Eventually.True(
            () => ProcessStatus.Read(identity.Pid) is { IsDead: true },
            Cancellation,
            "the child is a zombie"
        );
}
