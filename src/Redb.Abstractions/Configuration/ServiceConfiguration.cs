using System.Collections.Immutable;
using Redb.Abstractions.Probes;
using Redb.Abstractions.Services;

namespace Redb.Abstractions.Configuration;

/// <summary>One entry of the <c>services</c> section, defaults filled in.</summary>
public sealed record ServiceConfiguration
{
    /// <summary>The key under <c>services</c>; letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 63.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the service takes part at all. Default false, as in the Go supervisor.</summary>
    public bool Enabled { get; init; }

    /// <summary>Whether the group is Failed (true) or only Degraded (false, default) without it.</summary>
    public bool Required { get; init; }

    /// <summary>Program: a path (resolved against the supervisor's working directory) or a bare name looked up in PATH.</summary>
    public string Executable { get; init; } = "";

    /// <summary>Arguments as written, before the port offset.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Environment variables of the service.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Working directory. Default empty: the supervisor's own.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>What must be ready before this service is started.</summary>
    public ImmutableArray<DependencyConfiguration> Dependencies { get; init; } = [];

    /// <summary>Key and value pairs sent as <c>initial_config.config</c> at registration.</summary>
    public ImmutableDictionary<string, string> Config { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Exported as <c>EXTERNAL_PORT</c> when above 0. Default 0.</summary>
    public int ExternalPort { get; init; }

    /// <summary>Exported as <c>REST_API_PORT</c> when above 0. Default 0.</summary>
    public int RestApiPort { get; init; }

    /// <summary>When and how fast a dead process is started again.</summary>
    public RestartPolicy Restart { get; init; } = new();

    /// <summary>How the service is found started, ready and alive.</summary>
    public ProbeSet Probes { get; init; } = new();

    /// <summary>How the service is stopped.</summary>
    public StopPolicy Stop { get; init; } = new();

    /// <summary>Limits on what the service may use.</summary>
    public ResourceConfiguration Resources { get; init; } = new();

    /// <summary>Where the service's output goes.</summary>
    public ServiceLogConfiguration Log { get; init; } = new();
}
