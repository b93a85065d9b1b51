using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;

namespace Redb.Grains.Services;

/// <summary>Everything a launcher needs to start one run.</summary>
internal sealed record LaunchOrder
{
    public required ServiceKey Service { get; init; }

    public required RunId Run { get; init; }

    /// <summary>As configured: with a slash a path relative to the supervisor's working directory, without one a name to find in PATH. Also argv[0].</summary>
    public required string Executable { get; init; }

    /// <summary>argv[1] and on, ports already moved.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Laid over the supervisor's own environment; a null value removes the variable.</summary>
    public ImmutableDictionary<string, string?> Environment { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>Absolute or relative to the supervisor's; empty for the supervisor's own.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Absolute path of the log file stdout and stderr are appended to.</summary>
    public required string LogFile { get; init; }

    /// <summary>TCP ports the run will listen on; the launch is refused while another process does.</summary>
    public ImmutableArray<int> Ports { get; init; } = [];

    /// <summary>Whether the run gets a NOTIFY_SOCKET whose READY=1 is reported.</summary>
    public bool Notify { get; init; }

    public ResourceConfiguration Resources { get; init; } = new();
}
