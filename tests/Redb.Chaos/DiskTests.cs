using Redb.Chaos.Invariants;
using Redb.Chaos.Kit;
using Redb.TestKit;

namespace Redb.Chaos;

/// <summary>Data folders on disks that are full, slow or broken. They are mounted, which only root may do.</summary>
public sealed class DiskTests
{
    private const string OnlyRoot = "only root may mount a disk";

    // Smaller than the size at which logs are rotated would be: the disk is what is short.
    private const int SmallDisk = 16;

    [Fact]
    public async Task A_full_disk_ends_no_supervision_and_costs_the_services_only_what_they_wrote_meanwhile()
    {
        Assert.SkipUnless(MountedFolder.IsAllowed, OnlyRoot);
        MountedFolder? disk = null;
        await using var scene = await Scene.ReadyAsync(
            Cast.Talkers(4),
            folder => disk = MountedFolder.InMemory(Path.Combine(folder, "data"), SmallDisk)
        );
        var before = await scene.ProcessesAsync();

        disk!.Fill();
        var afterKill = await KillAndReplaceAsync(scene, "talker2");
        (await scene.PhasesAsync()).Values.Should().AllBe("Ready", "the supervisor goes on and answers");
        disk.Free();
        var afterFree = await KillAndReplaceAsync(scene, "talker3");

        await scene.AllReadyAsync();
        (await scene.ProcessesAsync())["talker1"]
            .Should()
            .Be(before["talker1"], "nothing is restarted for want of space");
        (await scene.ProcessesAsync())["talker2"].Should().Be(afterKill);
        await WritesAsync(scene, before["talker1"]);
        await WritesAsync(scene, afterFree);
        await scene.EndAsync(Lines.MayBeMissing);
    }

    [Fact]
    public async Task A_disk_that_turned_read_only_ends_no_supervision()
    {
        Assert.SkipUnless(MountedFolder.IsAllowed, OnlyRoot);
        MountedFolder? disk = null;
        await using var scene = await Scene.ReadyAsync(
            Cast.Talkers(3),
            folder => disk = MountedFolder.InFile(Path.Combine(folder, "data"), SmallDisk)
        );
        var before = await scene.ProcessesAsync();

        disk!.Break();
        await KillAndReplaceAsync(scene, "talker2");

        await scene.Group.Process.LineAsync("talker2.log cannot be written", "started without a log");
        await scene.AllReadyAsync();
        (await scene.ProcessesAsync())["talker1"].Should().Be(before["talker1"]);
        await scene.EndAsync(Lines.MayBeMissing);
    }

    // Who writes waits, in the kernel: services for their logs, the supervisor for its own. Nobody else does.
    [Fact]
    public async Task A_disk_that_stands_still_for_a_while_keeps_nobody_from_being_heard()
    {
        Assert.SkipUnless(MountedFolder.IsAllowed, OnlyRoot);
        MountedFolder? disk = null;
        await using var scene = await Scene.ReadyAsync(
            Cast.Some(["heartbeat_timeout: 3s"], "security", "webhook", "core"),
            folder => disk = MountedFolder.InFile(Path.Combine(folder, "data"), SmallDisk)
        );
        var before = await scene.ProcessesAsync();

        disk!.Freeze();
        for (var i = 0; i < 3; i++)
        {
            await Scene.QuietAsync(TimeSpan.FromSeconds(1));
            await scene.HeardOfAsync("security");
        }

        Signals.Send(before["webhook"].Pid, "KILL");
        await scene.HeardOfAsync("core");
        disk.Thaw();

        await scene.Witness.SuccessorAsync(before["webhook"]);
        await scene.AllReadyAsync();
        (await scene.ProcessesAsync())["security"].Should().Be(before["security"]);
        (await scene.ProcessesAsync())["core"].Should().Be(before["core"]);
        await scene.EndAsync();
    }

    private static async Task<Life> KillAndReplaceAsync(Scene scene, string service)
    {
        var victim = (await scene.ProcessesAsync())[service];
        Signals.Send(victim.Pid, "KILL");
        return await scene.Witness.SuccessorAsync(victim);
    }

    // Lines that come now, not those of before.
    private static async Task WritesAsync(Scene scene, Life life)
    {
        int LastLine() => LineLedger.Read(scene.LogFolder, life.Service).Writers.GetValueOrDefault(life.Pid);
        var last = LastLine();
        await Until.TrueAsync(() => LastLine() > last, $"{life} writes again");
    }
}
