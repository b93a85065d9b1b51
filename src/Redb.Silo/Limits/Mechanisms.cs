using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Configuration;

namespace Redb.Silo.Limits;

/// <summary>What enforces which limit on this machine, found out once at start.</summary>
/// <param name="Trees">The trees in which runs get cgroups; <see cref="CgroupPlace.Folder"/> is the tree's own folder.</param>
/// <param name="Absent">For controllers that no tree carries, why.</param>
/// <param name="SampleInterval">Time between two looks at the memory of runs without a cgroup.</param>
internal sealed record Mechanisms(
    ImmutableArray<CgroupPlace> Trees,
    FrozenDictionary<string, string> Absent,
    TimeSpan SampleInterval
)
{
    private const string ByKernel = "rlimit";

    /// <summary>The tree that carries a controller; null when none does.</summary>
    public CgroupPlace? TreeOf(string controller) => Trees.FirstOrDefault(tree => tree.Carries(controller));

    /// <summary>For people: <c>memory 512 MB, cpu 50 % (cgroup v1); open files 1024 (rlimit)</c>. Empty without limits.</summary>
    public string Describe(ResourceConfiguration resources)
    {
        (long Value, string Text, string By)[] all =
        [
            (resources.MaxMemoryMb, $"memory {resources.MaxMemoryMb} MB", ByCgroup(Controller.Memory, Sampled)),
            (resources.MaxCpuPercent, $"cpu {resources.MaxCpuPercent} %", ByCgroup(Controller.Cpu, NotEnforced)),
            (resources.MaxTasks, $"tasks {resources.MaxTasks}", ByCgroup(Controller.Tasks, CountedPerUser)),
            (resources.MaxOpenFiles, $"open files {resources.MaxOpenFiles}", ByKernel),
        ];
        var groups = all.Where(limit => limit.Value > 0)
            .GroupBy(limit => limit.By, limit => limit.Text, StringComparer.Ordinal)
            .Select(group => $"{string.Join(", ", group)} ({group.Key})");
        return string.Join("; ", groups);
    }

    private string ByCgroup(string controller, Func<string, string> otherwise) =>
        TreeOf(controller) is { } tree
            ? string.Create(CultureInfo.InvariantCulture, $"cgroup v{tree.Version}")
            : otherwise(
                Absent.GetValueOrDefault(controller, $"that of the supervisor has no {controller} controller to give")
            );

    private string Sampled(string why) =>
        string.Create(CultureInfo.InvariantCulture, $"sampled every {SampleInterval.TotalSeconds} s, no cgroup: {why}");

    private static string NotEnforced(string why) => $"not enforced, no cgroup: {why}";

    private static string CountedPerUser(string why) =>
        Environment.IsPrivilegedProcess
            ? $"not enforced: the kernel does not count root's processes, and no cgroup: {why}"
            : $"{ByKernel}, which counts all processes of this user; no cgroup: {why}";
}
