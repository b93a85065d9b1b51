using System.Collections.Immutable;

namespace Redb.Silo.Limits;

/// <summary>Settings of the resource limits.</summary>
internal sealed class LimitOptions
{
    /// <summary>Where <c>proc</c> and the mounted cgroup file systems are found. Default <c>/</c>.</summary>
    public string Root { get; set; } = "/";

    /// <summary>Names the folder that holds the cgroups of this supervisor's runs; one for each data folder, and the same in every life of the supervisor.</summary>
    public string Tree { get; set; } = "default";

    /// <summary>The controllers that limits of configured services need. Default none: then no cgroup is touched.</summary>
    public ImmutableArray<string> Controllers { get; set; } = [];

    /// <summary>How long the end of a run waits for processes that were killed with its cgroup. Default 5 s; not negative.</summary>
    public TimeSpan RemovalPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two looks at the memory of runs that have no cgroup. Default 5 s; positive.</summary>
    public TimeSpan SampleInterval { get; set; } = TimeSpan.FromSeconds(5);
}
