using Redb.Silo.Limits;

namespace Redb.Silo.Tests.Limits;

public sealed class CgroupSurveyTests
{
    [Fact]
    public void Each_hierarchy_of_version_1_is_found_with_the_place_in_it()
    {
        using var machine = FakeCgroups.First();

        var places = CgroupSurvey.Find(machine.Root, CgroupSurvey.Self);

        places
            .Select(place => (place.Version, place.Folder, string.Join(' ', place.Controllers)))
            .Should()
            .BeEquivalentTo([
                (1, $"{machine.Root}/sys/fs/cgroup/pids/box", "pids"),
                (1, $"{machine.Root}/sys/fs/cgroup/memory/box", "memory"),
                (1, $"{machine.Root}/sys/fs/cgroup/cpu,cpuacct/box", "cpu"),
                (2, $"{machine.Root}/sys/fs/cgroup/unified/box", ""),
            ]);
    }

    [Fact]
    public void Version_2_carries_what_its_folder_offers()
    {
        using var machine = FakeCgroups.Second();

        var place = CgroupSurvey.Find(machine.Root, CgroupSurvey.Self).Should().ContainSingle().Which;

        place.Version.Should().Be(2);
        place.Folder.Should().Be($"{machine.Root}/sys/fs/cgroup/system.slice/redb.service");
        place.Controllers.Should().Equal("memory", "cpu", "pids");
    }

    // A container that shares the host's names sees its own cgroup as the root of the mount.
    [Theory]
    [InlineData("/docker/abc", "/docker/abc", "/sys/fs/cgroup/memory")]
    [InlineData("/docker/abc", "/docker/abc/inner", "/sys/fs/cgroup/memory/inner")]
    [InlineData("/", "/", "/sys/fs/cgroup/memory")]
    [InlineData("/docker/abc", "/docker/abcdef", null)]
    [InlineData("/docker/abc", "/", null)]
    [InlineData("/", "/../other", null)]
    public void A_mount_may_show_only_a_part(string root, string path, string? folder)
    {
        var mount = CgroupMount.Parse($"35 31 0:32 {root} /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory")!;

        mount.FolderOf(path).Should().Be(folder);
    }

    [Fact]
    public void Blanks_in_a_mount_point_are_read()
    {
        var mount = CgroupMount.Parse(@"35 31 0:32 / /mnt/my\040cgroups rw - cgroup2 none rw")!;

        mount.FolderOf("/a").Should().Be("/mnt/my cgroups/a");
    }

    [Fact]
    public void A_machine_without_cgroups_has_no_place()
    {
        using var machine = new FakeCgroups("22 1 8:1 / / rw - ext4 /dev/root rw\n", "1:cpu:/\n");

        CgroupSurvey.Find(machine.Root, CgroupSurvey.Self).Should().BeEmpty();
        CgroupSurvey.Find(machine.Root, "12345").Should().BeEmpty("there is no such process");
    }
}
