using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Configuration;

namespace Redb.Silo.Limits;

/// <summary>A file of a controller and what is written into it.</summary>
/// <param name="Key">The configuration key it enforces.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Value">What is written.</param>
/// <param name="IsOptional">Whether it is left out on kernels that do not have the file.</param>
internal sealed record ControllerFile(string Key, string Name, string Value, bool IsOptional = false)
{
    // The kernel's own default: the span over which CPU time is counted.
    private const string PeriodMicroseconds = "100000";
    private const int QuotaPerPercent = 1000;
    private const long BytesPerMegabyte = 1 << 20;

    private const string MemoryKey = "max_memory_mb";
    private const string CpuKey = "max_cpu_percent";
    private const string TasksKey = "max_tasks";

    /// <summary>The files for a controller, in the order in which they are written.</summary>
    public static ImmutableArray<ControllerFile> For(int version, string controller, ResourceConfiguration resources)
    {
        var bytes = Text(resources.MaxMemoryMb * BytesPerMegabyte);
        var quota = Text((long)resources.MaxCpuPercent * QuotaPerPercent);
        return (version, controller) switch
        {
            // Without the second file a run would go on in the swap space.
            (1, Controller.Memory) =>
            [
                new(MemoryKey, "memory.limit_in_bytes", bytes),
                new(MemoryKey, "memory.memsw.limit_in_bytes", bytes, IsOptional: true),
            ],

            // Half a service is worse than none: when one of its processes is killed for memory, all are.
            (2, Controller.Memory) =>
            [
                new(MemoryKey, "memory.max", bytes),
                new(MemoryKey, "memory.swap.max", "0", IsOptional: true),
                new(MemoryKey, "memory.oom.group", "1", IsOptional: true),
            ],
            (1, Controller.Cpu) =>
            [
                new(CpuKey, "cpu.cfs_period_us", PeriodMicroseconds),
                new(CpuKey, "cpu.cfs_quota_us", quota),
            ],
            (_, Controller.Cpu) => [new(CpuKey, "cpu.max", $"{quota} {PeriodMicroseconds}")],
            _ => [new(TasksKey, "pids.max", Text(resources.MaxTasks))],
        };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
