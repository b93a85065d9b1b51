namespace Redb.Abstractions.Configuration;

/// <summary>The <c>services.NAME.resources</c> section. 0 means no limit.</summary>
public sealed record ResourceConfiguration
{
    /// <summary>Memory of the whole run in MiB, swap included. Default 0; also sent to the service as <c>resource_limits.max_memory_mb</c>.</summary>
    public long MaxMemoryMb { get; init; }

    /// <summary>CPU in percent of one core, so 200 is two cores. Default 0; also sent as <c>resource_limits.max_cpu_percent</c>.</summary>
    public int MaxCpuPercent { get; init; }

    /// <summary>Open file descriptors of each process (RLIMIT_NOFILE). Default 0: inherited.</summary>
    public long MaxOpenFiles { get; init; }

    /// <summary>Processes and threads of the whole run. Default 0: inherited.</summary>
    public long MaxTasks { get; init; }
}
