using Redb.Abstractions.Configuration;

namespace Redb.Grains.Services;

/// <summary>Keeps runs within their limits on this host. Implemented by the silo; a fake in tests.</summary>
internal interface IResourceLimiter
{
    /// <summary>What enforces which of these limits here: <c>memory 512 MB, cpu 50 % (cgroup v1); open files 1024 (rlimit)</c>. Empty without limits.</summary>
    string Describe(ResourceConfiguration resources);
}
