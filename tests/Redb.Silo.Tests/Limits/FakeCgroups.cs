using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Redb.Silo.Limits;

namespace Redb.Silo.Tests.Limits;

/// <summary>A folder that looks like a machine's <c>/proc</c> and cgroup mounts, and takes everything that is written.</summary>
internal sealed class FakeCgroups : IDisposable
{
    public FakeCgroups(string mounts, string cgroups)
    {
        Write("proc/self/mountinfo", mounts);
        Write("proc/self/cgroup", cgroups);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("redb-cgroups-").FullName;

    /// <summary>A machine whose controllers are all version 1, the supervisor in a cgroup <c>/box</c>.</summary>
    public static FakeCgroups First()
    {
        var machine = new FakeCgroups(
            """
            22 1 8:1 / / rw,relatime - ext4 /dev/root rw
            31 22 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
            40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd
            41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
            """,
            """
            9:name=systemd:/box
            8:pids:/box
            4:memory:/box
            1:cpu,cpuacct:/box
            0::/box
            """
        );
        machine.Write("sys/fs/cgroup/unified/box/cgroup.controllers", "hugetlb\n");
        return machine;
    }

    /// <summary>A machine whose controllers are all version 2, the supervisor in a cgroup of its own.</summary>
    public static FakeCgroups Second(string path = "/system.slice/redb.service")
    {
        var machine = new FakeCgroups("41 31 0:38 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n", $"0::{path}\n");
        machine.Write($"sys/fs/cgroup{path}/cgroup.controllers", "cpuset cpu io memory hugetlb pids\n");
        return machine;
    }

    public ResourceLimits Limits(string tree = "tree") =>
        new(
            Options.Create(
                new LimitOptions
                {
                    Root = Root,
                    Tree = tree,
                    Controllers = Controller.All,
                    RemovalPatience = TimeSpan.Zero,
                }
            ),
            TimeProvider.System,
            NullLogger<ResourceLimits>.Instance
        );

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>What a file holds; null when there is none.</summary>
    public string? Read(string path)
    {
        var file = Path.Combine(Root, path);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
