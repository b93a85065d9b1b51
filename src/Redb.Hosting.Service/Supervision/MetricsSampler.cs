using Redb.Hosting.Service.Logging;
using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Supervision;

/// <summary>Measures the process for heartbeats. Used by one loop at a time.</summary>
internal sealed class MetricsSampler(IEnumerable<CustomMetric> custom, LogRouter logs, TimeProvider time)
{
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private long _at = time.GetTimestamp();

    /// <summary>Memory is the resident set; CPU is the use since the sample before, where 100 % is one core.</summary>
    public ServiceMetrics Sample()
    {
        var sample = new ServiceMetrics
        {
            MemoryUsageBytes = Environment.WorkingSet,
            CpuUsagePercent = CpuPercent(),
            Goroutines = ThreadPool.ThreadCount,
            CustomMetrics = { ["log_entries_dropped"] = logs.Dropped },
        };
        foreach (var metric in custom)
        {
            sample.CustomMetrics[metric.Name] = metric.Read();
        }

        return sample;
    }

    private double CpuPercent()
    {
        var (cpu, at) = (Environment.CpuUsage.TotalTime, time.GetTimestamp());
        var elapsed = time.GetElapsedTime(_at, at);
        var percent = elapsed > TimeSpan.Zero ? 100 * ((cpu - _cpu) / elapsed) : 0;
        (_cpu, _at) = (cpu, at);
        return percent;
    }
}
