using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>services.NAME.resources</c> section.</summary>
internal static class ResourceSection
{
    private static readonly ResourceConfiguration Default = new();

    private static readonly Key<long> MaxMemoryMb = new(
        "max_memory_mb",
        new WholeShape<long>(0, 1L << 30),
        Default.MaxMemoryMb,
        "Memory of the run in MiB, swap included; told to the service when it registers. Enforced by a cgroup, by sampling where there is none."
    );
    private static readonly Key<int> MaxCpuPercent = new(
        "max_cpu_percent",
        new WholeShape<int>(0, 1_000_000),
        Default.MaxCpuPercent,
        "CPU in percent of one core, so 200 is two cores; told to the service when it registers. Enforced by a cgroup only."
    );
    private static readonly Key<long> MaxOpenFiles = new(
        "max_open_files",
        new WholeShape<long>(0, 1L << 30),
        Default.MaxOpenFiles,
        "Open file descriptors of each process (RLIMIT_NOFILE)."
    );
    private static readonly Key<long> MaxTasks = new(
        "max_tasks",
        new WholeShape<long>(0, 1L << 22),
        Default.MaxTasks,
        "Processes and threads of the run. Enforced by a cgroup; without one by RLIMIT_NPROC, which counts all processes of the user."
    );

    public static Section Section { get; } = new("resources", [MaxMemoryMb, MaxCpuPercent, MaxOpenFiles, MaxTasks]);

    public static ResourceConfiguration Read(SectionReader section) =>
        new()
        {
            MaxMemoryMb = section.Get(MaxMemoryMb),
            MaxCpuPercent = section.Get(MaxCpuPercent),
            MaxOpenFiles = section.Get(MaxOpenFiles),
            MaxTasks = section.Get(MaxTasks),
        };
}
