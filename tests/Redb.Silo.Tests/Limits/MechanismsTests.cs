using System.Collections.Frozen;
using Redb.Abstractions.Configuration;
using Redb.Silo.Limits;

namespace Redb.Silo.Tests.Limits;

public sealed class MechanismsTests
{
    private static readonly ResourceConfiguration Everything = new()
    {
        MaxMemoryMb = 512,
        MaxCpuPercent = 50,
        MaxOpenFiles = 1024,
        MaxTasks = 64,
    };

    [Fact]
    public void Limits_are_told_with_what_enforces_them()
    {
        var mechanisms = With(new(1, "/memory", ["memory"]), new(1, "/cpu", ["cpu"]), new(1, "/pids", ["pids"]));

        mechanisms
            .Describe(Everything)
            .Should()
            .Be("memory 512 MB, cpu 50 %, tasks 64 (cgroup v1); open files 1024 (rlimit)");
    }

    [Fact]
    public void Without_cgroups_it_is_told_what_is_left_and_why()
    {
        var text = With().Describe(Everything);

        text.Should().Contain("memory 512 MB (sampled every 5 s, no cgroup: somebody said no)");
        text.Should()
            .Contain("cpu 50 % (not enforced, no cgroup: that of the supervisor has no cpu controller to give)");
        text.Should().Contain(Environment.IsPrivilegedProcess ? "does not count root's" : "counts all processes");
    }

    [Fact]
    public void Both_versions_may_be_at_work_at_once()
    {
        var mechanisms = With(new(2, "/two", ["memory", "pids"]), new(1, "/cpu", ["cpu"]));

        mechanisms
            .Describe(Everything)
            .Should()
            .Be("memory 512 MB, tasks 64 (cgroup v2); cpu 50 % (cgroup v1); open files 1024 (rlimit)");
    }

    [Fact]
    public void Without_limits_there_is_nothing_to_tell() => With().Describe(new()).Should().BeEmpty();

    private static Mechanisms With(params CgroupPlace[] trees) =>
        new(
            [.. trees],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["memory"] = "somebody said no",
            }.ToFrozenDictionary(StringComparer.Ordinal),
            TimeSpan.FromSeconds(5)
        );
}
