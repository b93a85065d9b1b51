using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Redb.Abstractions.Configuration;
using Redb.Silo.Limits;
using Redb.Silo.Processes;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Limits;

/// <summary>Real processes in the cgroups of this machine; where it lends us none, what stands in for them.</summary>
public sealed class LimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_takes_more_memory_than_its_limit_is_ended_and_the_limit_is_named()
    {
        await using var world = new LimitSite();
        var resources = new ResourceConfiguration { MaxMemoryMb = 64 };
        if (world.HasCgroup(resources))
        {
            world.Site.Start(world.Shell(LimitSite.TakesMemory, resources));

            var exit = await world.Site.ExitAsync();

            exit.Describe().Should().MatchRegex(@"^SIGKILL, killed for memory: limit 64 MB \(cgroup v[12]\)$");
            world.Left().Should().BeEmpty();
        }
        else
        {
            world.Site.Start(world.Shell(LimitSite.HoldsMemory, resources));

            var (run, reason) = await world.Site.Reports.Exceeded.ReadAsync(Cancellation);

            run.Should().Be(world.Site.LastRun);
            reason.Should().EndWith("MB, limit is 64 MB (sampled)");
        }
    }

    [Fact]
    public async Task A_run_that_only_loses_a_child_to_its_limit_says_so_when_it_ends()
    {
        await using var world = new LimitSite();
        var resources = new ResourceConfiguration { MaxMemoryMb = 64 };
        if (!world.HasCgroup(resources))
        {
            world.Site.Limits.Describe(resources).Should().Contain("sampled");
            return;
        }

        world.Site.Start(world.Shell("tail /dev/zero; exit 3", resources));

        // Version 2 ends the whole run with its process.
        (await world.Site.ExitAsync())
            .Describe()
            .Should()
            .BeOneOf(
                "exit code 3, a process of it was killed for memory: limit 64 MB (cgroup v1)",
                "SIGKILL, killed for memory: limit 64 MB (cgroup v2)"
            );
    }

    [Fact]
    public async Task A_run_gets_no_more_of_the_processor_than_its_limit()
    {
        await using var world = new LimitSite();
        var resources = new ResourceConfiguration { MaxCpuPercent = 20 };
        var pid = world.Site.Start(world.Shell("while :; do :; done", resources));

        if (!world.HasCgroup(resources))
        {
            world.Site.Limits.Describe(resources).Should().StartWith("cpu 20 % (not enforced, no cgroup: ");
            return;
        }

        var folder = LimitSite.FolderOf(pid, Controller.Cpu);
        await Eventually.True(() => CgroupFile.Number(folder, "cpu.stat", "nr_throttled") > 2, Cancellation);
    }

    [Fact]
    public async Task A_run_has_no_more_processes_than_its_limit()
    {
        await using var world = new LimitSite();
        var resources = new ResourceConfiguration { MaxTasks = 8 };
        var pid = world.Site.Start(
            world.Shell("(for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 60 & done); exec sleep 60", resources)
        );

        if (!world.HasCgroup(resources))
        {
            (await File.ReadAllTextAsync($"/proc/{pid}/limits", Cancellation))
                .Should()
                .MatchRegex(@"Max processes +8 ");
            return;
        }

        var folder = LimitSite.FolderOf(pid, Controller.Tasks);
        await Eventually.True(() => CgroupFile.Number(folder, "pids.events", "max") > 0, Cancellation);
        CgroupFile.Number(folder, "pids.max").Should().Be(8);
        CgroupFile.Number(folder, "pids.current").Should().BeLessThanOrEqualTo(8);
        (await File.ReadAllTextAsync($"/proc/{pid}/limits", Cancellation))
            .Should()
            .NotMatchRegex(@"Max processes +8 ", "the kernel would count all processes of the user");
    }

    [Fact]
    public async Task A_child_is_born_in_its_cgroup_and_the_supervisor_s_thread_is_back_in_its_own()
    {
        await using var world = new LimitSite();
        var resources = new ResourceConfiguration
        {
            MaxMemoryMb = 64,
            MaxCpuPercent = 50,
            MaxTasks = 50,
        };
        var before = await File.ReadAllTextAsync("/proc/self/cgroup", Cancellation);

        world.Site.Start(world.Shell("cat /proc/self/cgroup; echo seen", resources));
        await world.Site.SaysAsync("seen");

        var own = await File.ReadAllTextAsync("/proc/self/cgroup", Cancellation);
        own.Should().Be(before);
        Directory
            .EnumerateDirectories("/proc/self/task")
            .SelectMany(task => CgroupFile.Words(task, "cgroup"))
            .Should()
            .NotContain(line => line.Contains(world.Options.Tree, StringComparison.Ordinal));
        if (world.HasCgroup(resources))
        {
            world.Site.Log.Should().Contain($"/redb/{world.Options.Tree}/group.service.1");
        }
    }

    [Fact]
    public async Task What_left_session_and_process_group_is_gone_before_the_end_of_a_run_is_told()
    {
        await using var world = new LimitSite();
        var resources = new ResourceConfiguration { MaxTasks = 50 };
        world.Site.Start(world.Shell("setsid sleep 1000 & echo child=$!; sleep 0.2", resources));
        var child = int.Parse(await world.Site.SaysAsync("child="), CultureInfo.InvariantCulture);

        await world.Site.ExitAsync();

        if (world.HasCgroup(resources))
        {
            ProcessStatus.Read(child).Should().Match<ProcessStatus?>(status => status == null || status.State == 'Z');
            world.Left().Should().BeEmpty();
        }
        else
        {
            _ = Libc.Kill(child, Libc.SigKill);
        }
    }

    [Fact]
    public async Task A_refused_launch_leaves_no_cgroup()
    {
        await using var world = new LimitSite();
        var order = world.Shell("exit 0", new() { MaxMemoryMb = 64, MaxOpenFiles = 1L << 30 });

        var broken = order with { WorkingDirectory = "/nowhere/at/all" };
        world.Site.Refusal(broken).Should().Contain("/nowhere/at/all");

        world.Left().Should().BeEmpty();
    }

    [Fact]
    public async Task The_next_supervisor_finds_the_cgroups_of_a_live_run_and_clears_away_those_of_the_dead()
    {
        await using var world = new LimitSite();
        var resources = new ResourceConfiguration { MaxMemoryMb = 64, MaxTasks = 50 };
        var order = world.Shell("sleep 60", resources);
        var pid = world.Site.Start(order);
        var kept = world.Left();
        foreach (var folder in kept)
        {
            Directory.CreateDirectory(folder + "0");
        }

        await using var next = new ResourceLimits(
            Microsoft.Extensions.Options.Options.Create(world.Options),
            TimeProvider.System,
            NullLogger<ResourceLimits>.Instance
        );
        var run = next.Rejoin(order, pid, new(world.Site.Reports));

        world.Left().Should().BeEquivalentTo(kept);
        run.Cgroups.Select(cgroup => cgroup.Folder).Should().BeEquivalentTo(kept);
        if (!world.HasCgroup(resources))
        {
            return;
        }

        kept.Should().NotBeEmpty();
        await run.EndAsync(exit: null);
        Signals(pid).Should().BeFalse("the end of a run is the end of its cgroup");
        world.Left().Should().BeEmpty();
    }

    private static bool Signals(int pid) => ProcessStatus.Read(pid) is { State: not 'Z' };
}
