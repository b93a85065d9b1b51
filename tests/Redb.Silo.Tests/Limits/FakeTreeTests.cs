using System.Globalization;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Services;
using Redb.Grains.Services;
using Redb.Silo.Limits;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Limits;

/// <summary>What is written where, over folders that look like cgroups.</summary>
public sealed class FakeTreeTests
{
    private const string Memory = "sys/fs/cgroup/memory/box";
    private const string Cpu = "sys/fs/cgroup/cpu,cpuacct/box";
    private const string Pids = "sys/fs/cgroup/pids/box";
    private const string Second = "sys/fs/cgroup/system.slice/redb.service";
    private const string Run = "redb/tree/group.service.7";
    private const int Pid = 4_194_303;

    private static readonly ResourceConfiguration Everything = new()
    {
        MaxMemoryMb = 64,
        MaxCpuPercent = 150,
        MaxTasks = 20,
        MaxOpenFiles = 100,
    };

    private static readonly LaunchOrder Order = new()
    {
        Service = new("host", "group", "service"),
        Run = new RunId(7),
        Executable = "/bin/true",
        LogFile = "/dev/null",
        Resources = Everything,
    };

    [Fact]
    public async Task Under_version_1_the_thread_steps_in_and_out_and_what_would_hold_it_up_is_set_afterwards()
    {
        using var machine = FakeCgroups.First();
        machine.Write($"{Memory}/redb/tree/memory.memsw.limit_in_bytes", "");
        await using var limits = machine.Limits();
        var run = limits.Prepare(Order, new(new FakeReports())).Limits!;

        run.Enter().Should().BeNull();

        machine.Read($"{Memory}/{Run}/memory.limit_in_bytes").Should().Be("67108864");
        machine.Read($"{Memory}/{Run}/memory.memsw.limit_in_bytes").Should().Be("67108864");
        machine.Read($"{Memory}/{Run}/tasks").Should().Be("0");
        machine.Read($"{Cpu}/{Run}/tasks").Should().Be("0");
        machine.Read($"{Pids}/{Run}/tasks").Should().Be("0");
        machine.Read($"{Cpu}/{Run}/cpu.cfs_quota_us").Should().BeNull();
        machine.Read($"{Pids}/{Run}/pids.max").Should().Be("21", "the launching thread counts while it is inside");

        run.Hold(Pid).Should().BeNull();

        machine.Read($"{Memory}/tasks").Should().Be("0");
        machine.Read($"{Cpu}/tasks").Should().Be("0");
        machine.Read($"{Pids}/tasks").Should().Be("0");
        machine.Read($"{Cpu}/{Run}/cpu.cfs_period_us").Should().Be("100000");
        machine.Read($"{Cpu}/{Run}/cpu.cfs_quota_us").Should().Be("150000");
        machine.Read($"{Pids}/{Run}/pids.max").Should().Be("20");
        machine.Read($"{Memory}/{Run}/cgroup.procs").Should().BeNull("the child was born there");
    }

    [Fact]
    public async Task A_hierarchy_that_takes_no_threads_is_joined_after_the_spawn()
    {
        using var machine = FakeCgroups.First();
        await using var limits = machine.Limits();
        var run = limits.Prepare(Order, new(new FakeReports())).Limits!;
        Directory.CreateDirectory(Path.Combine(machine.Root, Memory, Run, "tasks"));

        run.Enter().Should().BeNull();
        run.Hold(Pid).Should().BeNull();

        machine.Read($"{Memory}/{Run}/cgroup.procs").Should().Be(Pid.ToString(CultureInfo.InvariantCulture));
        machine.Read($"{Cpu}/{Run}/cgroup.procs").Should().BeNull();
    }

    [Theory]
    [InlineData("/system.slice/redb.service")]
    [InlineData("/system.slice/redb.service/supervisor")]
    public async Task Under_version_2_controllers_are_handed_down_and_the_child_is_moved(string place)
    {
        using var machine = FakeCgroups.Second(place);
        machine.Write($"sys/fs/cgroup{place}/cgroup.controllers", "");
        machine.Write($"{Second}/cgroup.controllers", "cpu memory pids");
        machine.Write($"{Second}/redb/tree/memory.swap.max", "max");
        await using var limits = machine.Limits();
        var run = limits.Prepare(Order, new(new FakeReports())).Limits!;

        run.Enter().Should().BeNull();
        run.Hold(Pid).Should().BeNull();

        foreach (var above in new[] { Second, $"{Second}/redb", $"{Second}/redb/tree" })
        {
            machine.Read($"{above}/cgroup.subtree_control").Should().Be("+memory +cpu +pids");
        }

        machine.Read($"{Second}/{Run}/memory.max").Should().Be("67108864");
        machine.Read($"{Second}/{Run}/memory.swap.max").Should().Be("0");
        machine.Read($"{Second}/{Run}/memory.oom.group").Should().BeNull("this kernel has no such file");
        machine.Read($"{Second}/{Run}/cpu.max").Should().Be("150000 100000");
        machine.Read($"{Second}/{Run}/pids.max").Should().Be("20");
        machine.Read($"{Second}/{Run}/cgroup.procs").Should().Be(Pid.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_service_without_such_limits_gets_no_cgroup()
    {
        using var machine = FakeCgroups.Second();
        await using var limits = machine.Limits();
        var plain = Order with { Resources = new() { MaxOpenFiles = 100 } };

        var run = limits.Prepare(plain, new(new FakeReports())).Limits!;

        run.Cgroups.Should().BeEmpty();
        machine.Read($"{Second}/{Run}/cgroup.procs").Should().BeNull();
    }

    [Fact]
    public async Task Only_the_hierarchies_of_its_limits_are_used()
    {
        using var machine = FakeCgroups.First();
        await using var limits = machine.Limits();

        var run = limits
            .Prepare(Order with { Resources = new() { MaxCpuPercent = 10 } }, new(new FakeReports()))
            .Limits!;

        run.Cgroups.Should().ContainSingle().Which.Folder.Should().Be($"{machine.Root}/{Cpu}/{Run}");
    }

    [Fact]
    public async Task A_limit_that_is_refused_is_named_with_file_and_cause()
    {
        using var machine = FakeCgroups.First();
        await using var limits = machine.Limits();
        var run = limits.Prepare(Order, new(new FakeReports())).Limits!;
        Directory.CreateDirectory(Path.Combine(machine.Root, Pids, Run, "pids.max"));

        var refusal = run.Enter();

        refusal.Should().StartWith("max_tasks could not be set:").And.Contain("/pids.max refuses 21:");
    }

    [Fact]
    public async Task A_launch_into_the_cgroup_of_a_run_that_still_has_processes_is_refused()
    {
        using var machine = FakeCgroups.First();
        machine.Write($"{Memory}/{Run}/cgroup.procs", "4194300\n4194301\n");
        await using var limits = machine.Limits();

        var (run, refusal) = limits.Prepare(Order, new(new FakeReports()));

        run.Should().BeNull();
        refusal.Should().Contain("(pid 4194300, 4194301)").And.Contain(Run);
    }

    [Theory]
    [InlineData(
        "/sys/fs/cgroup/memory/box",
        "oom_kill 2",
        67_108_864,
        null,
        "killed for memory: limit 64 MB (cgroup v1)"
    )]
    [InlineData("/sys/fs/cgroup/memory/box", "oom_kill 0", 67_108_864, null, null)]
    [InlineData(
        "/sys/fs/cgroup/memory/box",
        "oom_kill 1",
        1_000_000,
        null,
        "killed for memory by the host or an outer cgroup, below its own limit of 64 MB (cgroup v1)"
    )]
    [InlineData(
        "/sys/fs/cgroup/memory/box",
        "oom_kill 1",
        67_108_864,
        1,
        "a process of it was killed for memory: limit 64 MB (cgroup v1)"
    )]
    public void The_verdict_says_whose_limit_it_was(string folder, string count, long peak, int? code, string? verdict)
    {
        using var machine = FakeCgroups.First();
        machine.Write(folder[1..] + "/memory.oom_control", $"oom_kill_disable 0\nunder_oom 0\n{count}\n");
        machine.Write(folder[1..] + "/memory.limit_in_bytes", "67108864\n");
        machine.Write(folder[1..] + "/memory.max_usage_in_bytes", $"{peak}\n");

        var exit = new RunExit(code, code is null ? 9 : null, DateTimeOffset.UnixEpoch);

        MemoryVerdict.Of(new(1, machine.Root + folder, ["memory"]), exit).Should().Be(verdict);
    }

    [Theory]
    [InlineData("low 0\nhigh 0\nmax 9\noom 1\noom_kill 1\n", "killed for memory: limit 64 MB (cgroup v2)")]
    [InlineData(
        "max 0\noom 0\noom_kill 1\n",
        "killed for memory by the host or an outer cgroup, below its own limit of 64 MB (cgroup v2)"
    )]
    [InlineData("max 9\noom 1\noom_kill 0\n", null)]
    public async Task A_run_that_died_unwatched_leaves_its_verdict(string events, string? verdict)
    {
        using var machine = FakeCgroups.Second();
        machine.Write($"{Second}/{Run}/memory.events", events);
        machine.Write($"{Second}/{Run}/memory.max", "67108864\n");
        await using var limits = machine.Limits();

        limits.Close(Order).Should().Be(verdict);
    }
}
