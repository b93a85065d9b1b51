namespace Redb.Abstractions.Configuration;

/// <summary>The <c>services.NAME.resources</c> section. 0 means no limit.</summary>
public sealed record ResourceConfiguration
{
    /// <summary>Memory in MiB. Default 0; sent to the service as <c>resource_limits.max_memory_mb</c>.</summary>
    public long MaxMemoryMb { get; init; }

    /// <summary>CPU in percent of one core, so 200 is two cores. Default 0; sent as <c>resource_limits.max_cpu_percent</c>.</summary>
    public int MaxCpuPercent { get; init; }

    /// <summary>Open file descriptors (RLIMIT_NOFILE). Default 0: inherited.</summary>
    public long MaxOpenFiles { get; init; }

    /// <summary>Processes and threads. Default 0: inherited.</summary>
    public long MaxTasks { get; init; }
}
