using Redb.Abstractions.Configuration;

namespace Redb.Grains.Services;

/// <summary>Keeps runs within their limits on this host. Implemented by the silo; a fake in tests.</summary>
internal interface IResourceLimiter
{
    /// <summary>What enforces which of these limits here: <c>memory 512 MB, cpu 50 % (cgroup v1); open files 1024 (rlimit)</c>. Empty without limits.</summary>
    string Describe(ResourceConfiguration resources);

    /// <summary>Ends what is left of a run whose main process died while no supervisor watched.</summary>
    /// <returns>What its limits say of its end; null when they say nothing.</returns>
    ValueTask<string?> CloseAsync(LaunchOrder order, IRunReports reports);
}
